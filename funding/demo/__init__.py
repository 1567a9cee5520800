"""Calendars, values and runs of the invented authority."""

from funding.demo.adjusted import seed_adjusted
from funding.demo.figures import seed_figures
from funding.demo.runs import seed_checked, seed_draft, seed_published
from funding.demo.scenarios import seed_scenarios

__all__ = [
    "seed_adjusted",
    "seed_checked",
    "seed_draft",
    "seed_figures",
    "seed_published",
    "seed_scenarios",
]
