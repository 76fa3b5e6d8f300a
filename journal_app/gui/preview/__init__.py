"""The rendered text: pages, pictures, formulas, drawings."""
