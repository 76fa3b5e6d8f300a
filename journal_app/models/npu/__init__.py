"""The NPU's forms of models: graphs of fixed shapes, and what its compilers made of them."""
