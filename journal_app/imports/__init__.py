"""Readers of run and eval records, one module per format; they know no database."""
