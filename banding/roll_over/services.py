"""Rolling over to a new academic year on 1 September (rules.md S7)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from banding.choices import TAKEN_OFF, RollOverKind
from banding.models import RollOver
from banding.roll_over.actions import actions_on_roll_over
from banding.roll_over.rules import last_day_before, why_early, why_not_to
from banding.roll_over.selectors import mark_of, plans_beyond_25, rolled_over
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.jobs.results import Progress, Result, lists_refusals, silent
from banding_portal.jobs.services import start_job_once
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import short_day
from schools.choices import ImportKind
from schools.models import ImportRecord, Placement, Plan, User
from schools.register_rules import academic_year_name
from schools.services.following import hold_places, tell_followers
from schools.services.import_records import LOCKS, Written, in_batches, keep_record

CHANGED = "What the roll-over would do has changed since you looked. Look again, and confirm."


@dataclass(frozen=True)
class RolledOver:
    """Whose placement ended, who stays on, and the record by which it is undone."""

    new_year: int
    rows: Sequence[Any]
    plans: Sequence[Plan]
    ended: frozenset[str]
    """The kinds of rows whose placements end."""
    record: ImportRecord | None = None

    @property
    def name(self) -> str:
        return academic_year_name(self.new_year)

    @property
    def last_day(self) -> dt.date:
        return last_day_before(self.new_year)

    def of(self, *kinds: str) -> list[Any]:
        return [row for row in self.rows if row.kind in kinds]


def preview_roll_over(*, new_year: int, ends_ceased: bool = False) -> RolledOver:
    """What rolling over to the academic year beginning in `new_year` would do; writes nothing."""
    rows, plans = list(rolled_over(new_year)), list(plans_beyond_25(new_year))
    return RolledOver(new_year, rows, plans, kinds_ended(ends_ceased))


def kinds_ended(ends_ceased: bool) -> frozenset[str]:
    return TAKEN_OFF | {RollOverKind.CEASED} if ends_ceased else TAKEN_OFF


def refuse_roll_over(new_year: int, *, is_early: bool) -> None:
    """Raises RefusalError for a year that is over, and, unless `is_early` says that it is meant,
    before the summer term has ended.
    """
    today = timezone.localdate()
    if problem := why_not_to(new_year, today):
        raise RefusalError(problem)
    if (problem := why_early(new_year, today)) and not is_early:
        raise RefusalError(f"{problem} Confirm that it is to happen now.", field="is_early")


@verb
def roll_over(
    *,
    new_year: int,
    is_early: bool = False,
    ends_ceased: bool = False,
    seen: str = "",
    by: User | None,
    job: UUID | None = None,
    progress: Progress = silent,
) -> RolledOver:
    """End on 31 August the placements of phase leavers, and of pupils who have turned 25 also
    their plans; with `ends_ceased` the placements of those whose plan has ended. Open returns
    follow, and the whole is kept so that it can be undone.

    Doing it again finds only who has been added since. Raises RefusalError where
    `refuse_roll_over` does, and where `seen`, the mark of what was shown, is not true any more.
    """
    refuse_roll_over(new_year, is_early=is_early)
    one_at_a_time(LOCKS[ImportKind.ROLL_OVER])
    hold_places()
    # Read for the locks alone, in one order, so that two at once cannot block each other.
    list(
        Placement.objects.select_for_update()
        .since(last_day_before(new_year))
        .order_by("pk")
        .values_list("pk")
    )
    if seen and seen != mark_of(new_year):
        raise RefusalError(CHANGED)
    found = preview_roll_over(new_year=new_year, ends_ceased=ends_ceased)
    leaving = found.of(*found.ended)
    written = [row_of(row, found.last_day) for row in (*leaving, *found.plans)]
    end_all(written, found.last_day, progress)
    tell_followers({row.pupil for row in written if row.pupil}, by=by)
    name = f"Roll-over to {found.name}"
    record = keep_record(kind=ImportKind.ROLL_OVER, filename=name, written=written, by=by, job=job)
    return RolledOver(new_year, found.rows, found.plans, found.ended, record)


def row_of(row: Placement | Plan, last_day: dt.date) -> Written:
    return Written(
        row=row,
        who=f"{row.pupil} ({row.pupil.reference})",
        what=str(row) if isinstance(row, Plan) else f"Placement at {row.school}",
        old=f"until {short_day(row.end)}" if row.end else "no end",
        new=f"until {short_day(last_day)}",
        before={"end": row.end},
        after={"end": last_day},
        pupil=row.pupil_id,
    )


def end_all(written: Sequence[Written], last_day: dt.date, progress: Progress) -> None:
    done = 0
    for model in (Placement, Plan):
        ids = [each.row.pk for each in written if isinstance(each.row, model)]
        for batch in in_batches(ids):
            progress(done, len(written))
            model.objects.filter(pk__in=batch).update(end=last_day)
            done += len(batch)
    progress(done, len(written))


def start_roll_over(
    *, new_year: int, seen: str, is_early: bool = False, ends_ceased: bool = False, by: User
) -> RollOver:
    """Ask for it to be done by a worker; returns the one at work where there is one.

    Raises RefusalError where `roll_over` would now.
    """
    actions_on_roll_over(by).require("apply")
    refuse_roll_over(new_year, is_early=is_early)
    if seen != mark_of(new_year):
        raise RefusalError(CHANGED)
    wished = {"seen": seen, "is_early": is_early, "ends_ceased": ends_ceased}
    job = RollOver(new_year=new_year, started_by=by, **wished)
    return start_job_once(job, new_year=new_year)


@lists_refusals
def work_on(job: RollOver, progress: Progress) -> Result:
    """The work of a roll-over."""
    names = ("new_year", "is_early", "ends_ceased", "seen")
    wished = {name: getattr(job, name) for name in names}
    done = roll_over(**wished, by=job.started_by, job=job.pk, progress=progress)
    record = done.record
    return Result(
        preview={kind: len(done.of(kind)) for kind in RollOverKind.values},
        kept={"record": record.pk if record else None},
    )
