"""The panel: cases that are escalated, and challenges of schools (rules.md M5)."""
