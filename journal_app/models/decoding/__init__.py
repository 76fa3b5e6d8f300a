"""Text from a language model: a decoder's files, its loop and cache, chat templates, sampling."""
