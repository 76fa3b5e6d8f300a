"""Social networks: a post as a thread of parts. What `journal digest` shows is what goes out."""
