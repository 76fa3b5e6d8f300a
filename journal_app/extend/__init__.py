"""Extension points: protocols and the typed registry."""
