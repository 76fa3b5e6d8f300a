"""Commands in the window: typed after a slash, asked from anywhere, answered beside the text."""
