"""The options of execution providers that exist, by name.

ONNX Runtime takes an unknown option without a word and does nothing: a typing error would go
unseen. Sources: the plug-ins' own tables (onnxruntime-qnn 2.7.0), docs of CoreML, DirectML, CUDA.
"""

from __future__ import annotations

from collections.abc import Mapping

from journal_app.errors import JournalError

KNOWN: dict[str, frozenset[str]] = {
    "QNNExecutionProvider": frozenset(
        "backend_path backend_type soc_model htp_arch htp_performance_mode vtcm_mb op_affinity "
        "htp_graph_finalization_optimization_mode enable_htp_fp16_precision htp_bf16_enable "
        "qnn_context_priority rpc_control_latency enable_htp_shared_memory_allocator "
        "offload_graph_io_quantization enable_htp_spill_fill_buffer enable_htp_prepare_only "
        "enable_htp_prepare_and_load htp_share_resource_optimization enable_htp_graph_splitting "
        "enable_block_quant_weight_optimization disable_file_mapped_weights "
        "skip_qnn_version_check profiling_level profiling_file_path dump_json_qnn_graph "
        "json_qnn_graph_dir dump_qnn_ir_dlc dump_qnn_ir_dlc_dir device_id".split()
    ),
    "OpenVINOExecutionProvider": frozenset(
        "load_config num_of_threads num_streams precision model_priority enable_qdq_optimizer "
        "disable_dynamic_shapes reshape_input layout enable_causallm".split()
    ),
    "WebGpuExecutionProvider": frozenset(
        "preferredLayout enableGraphCapture validationMode storageBufferCacheMode "
        "powerPreference".split()
    ),
    "CoreMLExecutionProvider": frozenset(
        "ModelFormat MLComputeUnits RequireStaticInputShapes EnableOnSubgraphs "
        "SpecializationStrategy ProfileComputePlan AllowLowPrecisionAccumulationOnGPU "
        "ModelCacheDirectory".split()
    ),
    "DmlExecutionProvider": frozenset(
        "device_id device_filter performance_preference disable_metacommands".split()
    ),
    "CUDAExecutionProvider": frozenset(
        "device_id gpu_mem_limit arena_extend_strategy cudnn_conv_algo_search use_tf32 "
        "do_copy_in_default_stream enable_cuda_graph".split()
    ),
}
PERFORMANCE = (
    "burst balanced default high_performance high_power_saver sustained_high_performance "
    "low_balanced low_power_saver power_saver extreme_power_saver"
).split()


def checked(provider: str, given: Mapping[str, str]) -> dict[str, str]:
    """The options as they are; raises JournalError for a name or a value that does not exist."""
    known = KNOWN.get(provider, frozenset())
    for name in given:
        if name not in known:
            raise JournalError(
                f"{provider} has no option {name}.",
                f"It knows: {', '.join(sorted(known)) or 'none'}.",
            )
    mode = given.get("htp_performance_mode", "burst")
    if mode not in PERFORMANCE:
        raise JournalError(
            f"{mode} is no performance mode of the NPU.", f"It has: {', '.join(PERFORMANCE)}."
        )
    if "backend_path" in given and "backend_type" in given:
        raise JournalError("backend_path and backend_type exclude each other.", "Give one of them.")
    return dict(given)
