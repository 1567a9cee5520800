"""Calendars, values and runs of the invented authority."""

from funding.demo.runs import seed_checked, seed_draft, seed_published

__all__ = ["seed_checked", "seed_draft", "seed_published"]
