"""Pupils who left, told by a school at any time of the year (rules.md B5, B12)."""
