"""Pure rules: no I/O, no threads, no clock reads."""
