"""Returns: one school's part of a collection."""
