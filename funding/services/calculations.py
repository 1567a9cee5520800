"""Calculating a run as a job: started on screen, done by a worker (rules.md F3-F8)."""

from banding_portal.jobs.results import Progress, Result, lists_refusals
from banding_portal.jobs.services import start_job_once
from banding_portal.refusals import RefusalError
from funding.actions import AT_WORK_NOW
from funding.models import Period, Run, RunCalculation
from funding.selectors.calculations import is_being_calculated
from funding.services.runs import calculate_run, refuse_to_calculate
from schools.models import User


def start_calculation(*, period: Period, by: User) -> RunCalculation:
    """Ask for the draft of a period; returns the calculation at work where there is one.

    Raises RefusalError where `calculate_run` would now.
    """
    refuse_to_calculate(period)
    return start_job_once(RunCalculation(period=period, started_by=by), period=period)


@lists_refusals
def calculate(job: RunCalculation, progress: Progress) -> Result:
    """The work of a calculation: the draft as it is now, or why there can be none."""
    run = calculate_run(period=job.period, by=job.started_by, progress=progress)
    figures = {"lines": run.lines.count(), "control_total": run.control_total}
    return Result(preview={**figures, "lines_hash": run.lines_hash}, kept={"run": run})


def refuse_while_calculated(run: Run) -> None:
    """Raise RefusalError while its period is calculated, rather than wait until that ends."""
    if is_being_calculated(run):
        raise RefusalError(AT_WORK_NOW)
