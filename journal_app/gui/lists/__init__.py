"""The navigation and the lists: sections, entries, runs, search."""
