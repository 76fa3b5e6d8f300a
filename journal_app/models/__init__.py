"""Models on this device; the only place that knows onnxruntime.

    catalog.py       the packs that are known, with pinned digests
    packs/           packs on disk: found, fetched, imported, built, checked
    devices/         which NPU, GPU or CPU there is, what ran where, and the doctor
    host.py          what can be asked of the model process; `client`, `process` and `wire` lead to
                     it, `worker`, `loaded` and `memory` are inside it
    onnx_file.py     what a model file holds, read without its weights
    embedder.py      sentences to vectors; `compact` keeps it small, `nearest` searches them
    decoding/        a language model's loop, cache, chat templates, sampling
    npu/             the same models as graphs of fixed shapes, compiled and kept
    gguf.py          a GGUF file becomes an ONNX folder (`gguf_*`)
    salience.py      which sentences of a text matter: the head, with `facts` and `wording`
    gate.py          the eval that a writing model has to pass, with `evaluate*`
    bench.py         how fast it is, with `bench_writer` and `energy`

The host, its client and the process are free of onnxruntime and numpy: whoever asks loads neither.
"""
