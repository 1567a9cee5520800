"""Frameworks: bands, areas, levels and how they combine."""
