"""The inspector: what an entry says, stands on, lies near, and whether it can go out."""
