"""The workbook of a run's schedule: the one being made, and the one kept."""

from dataclasses import dataclass

from banding_portal.jobs.states import AT_WORK, JobState
from funding.models import AuditPack, Run, ScheduleExport
from schools.models import User


@dataclass(frozen=True, slots=True)
class KeptSchedule:
    """`kept` is the one that was made last; `newest` the last asked for, where it is at work or
    came to nothing.
    """

    newest: ScheduleExport | None
    kept: ScheduleExport | None
    is_outdated: bool
    """Whether the run is another now than the kept one shows."""


def kept_schedule(run: Run, user: User) -> KeptSchedule:
    """What there is of the workbook of a run; two queries, neither of which reads the file."""
    jobs = ScheduleExport.objects.visible_to(user).filter(run=run).defer("content")
    jobs = jobs.select_related("started_by").order_by("-started_at")
    newest, kept = jobs.first(), jobs.filter(state=JobState.DONE).first()
    told = {*AT_WORK, JobState.FAILED, JobState.REFUSED}
    newest = newest if newest and newest.state in told else None
    return KeptSchedule(newest, kept, kept is not None and not is_of(kept, run))


def is_of(export: ScheduleExport, run: Run) -> bool:
    """Whether a file shows the run as it is now; it names the state too."""
    made_of = export.preview["state"], export.preview["lines_hash"]
    return made_of == (run.state, run.lines_hash)


@dataclass(frozen=True, slots=True)
class KeptPack:
    """`kept` is the pack that was made last; `newest` the last asked for, where it is at work or
    came to nothing.
    """

    newest: AuditPack | None
    kept: AuditPack | None


def kept_pack(run: Run, user: User) -> KeptPack:
    """What there is of the auditor’s pack of a run; two queries, none of which reads the file."""
    jobs = AuditPack.objects.visible_to(user).filter(run=run).defer("content")
    jobs = jobs.select_related("started_by").order_by("-started_at")
    newest, kept = jobs.first(), jobs.filter(state=JobState.DONE).first()
    told = {*AT_WORK, JobState.FAILED, JobState.REFUSED}
    return KeptPack(newest if newest and newest.state in told else None, kept)
