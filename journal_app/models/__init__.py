"""Model packs and the model host; the only place that knows onnxruntime."""
