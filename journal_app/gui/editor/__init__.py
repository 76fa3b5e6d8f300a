"""The editor: one text, its keys, its marks, its saving."""
