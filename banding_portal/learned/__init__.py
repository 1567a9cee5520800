"""Headings and codes of the authority's own files that people have explained, remembered."""
