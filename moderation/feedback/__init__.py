"""Outcomes as schools see them: published together, as a page and a letter (rules.md M11)."""
