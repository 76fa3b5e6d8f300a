"""A git repository as a target: commits on top of the remote's tip, pushed without force."""
