"""The files of a run that take long to make: the one being made, and the one kept."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from banding_portal.jobs.states import AT_WORK, JobState
from funding.models import AuditPack, RemittanceExport, Run, ScheduleExport
from schools.models import User

Kind = TypeVar("Kind", ScheduleExport, AuditPack, RemittanceExport)
TOLD = {*AT_WORK, JobState.FAILED, JobState.REFUSED}


@dataclass(frozen=True, slots=True)
class Kept(Generic[Kind]):
    """`kept` is the one that was made last; `newest` the last asked for, where it is at work or
    came to nothing.
    """

    newest: Kind | None
    kept: Kind | None
    is_outdated: bool
    """Whether the run is another now than the kept one shows."""


def kept_file(kind: type[Kind], run: Run, user: User) -> Kept[Kind]:
    """What there is of a kind of file of a run; two queries, neither of which reads the file."""
    jobs = kind.objects.visible_to(user).filter(run=run).defer("content")
    jobs = jobs.select_related("started_by").order_by("-started_at")
    newest, kept = jobs.first(), jobs.filter(state=JobState.DONE).first()
    newest = newest if newest and newest.state in TOLD else None
    return Kept(newest, kept, kept is not None and not is_of(kept, run))


def is_of(made: ScheduleExport | AuditPack | RemittanceExport, run: Run) -> bool:
    """Whether a file shows the run as it is now; it names the state too. An auditor’s pack is of a
    run that is published, and so always.
    """
    if isinstance(made, AuditPack):
        return True
    made_of = made.preview["state"], made.preview["lines_hash"]
    return made_of == (run.state, run.lines_hash)
