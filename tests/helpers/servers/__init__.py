"""Servers on loopback that behave as the documentation of a service says, and fail on demand."""
