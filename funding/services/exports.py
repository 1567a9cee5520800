"""Asking for the workbook of a schedule (rules.md F11)."""

from banding_portal.jobs.services import start_job_once
from funding.models import Run, ScheduleExport
from schools.models import User


def start_schedule(*, run: Run, by: User) -> ScheduleExport:
    """Ask for the workbook of a run; returns the one being made where there is one."""
    return start_job_once(ScheduleExport(run=run, started_by=by), run=run)
