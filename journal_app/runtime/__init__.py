"""Clock, events, jobs, heartbeat."""
