"""The pupils, frameworks and collections of the invented authority."""

from banding.demo.caseload_file import seed_caseload_file
from banding.demo.exercise import seed_exercise
from banding.demo.finished_round import seed_round
from banding.demo.open_round import seed_open_round
from banding.demo.pupils import seed_pupils
from banding.demo.reminders import seed_reminders
from banding.demo.workbooks import write_workbooks

__all__ = [
    "seed_caseload_file",
    "seed_exercise",
    "seed_open_round",
    "seed_pupils",
    "seed_reminders",
    "seed_round",
    "write_workbooks",
]
