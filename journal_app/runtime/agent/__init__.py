"""The background agent: the loop that waits, and how each system starts it at login."""
