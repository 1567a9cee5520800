"""The pupils, frameworks and collections of the invented authority."""

from banding.demo.exercise import seed_exercise
from banding.demo.finished_round import seed_round
from banding.demo.pupils import seed_pupils
from banding.demo.workbooks import write_workbooks

__all__ = ["seed_exercise", "seed_pupils", "seed_round", "write_workbooks"]
