"""Measuring tools: they open the real window and print figures or pictures."""
