"""Publication targets, one module each; they know no database."""
