"""What schools have reported of pupils on their returns and nobody has accepted yet (B12)."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from banding.changes.rules import ANSWER, Answer
from banding.choices import PupilChange, ReturnState
from banding.models import BandDecision, Leaver, ReturnPupil
from schools.register_rules import academic_year_of, is_last_year_group


class ReportedChange(NamedTuple):
    """`since` is the first day of which the school says something else than its roll."""

    change: str
    pupil: UUID
    school: UUID
    since: dt.date


def reported_changes(until: dt.date) -> list[ReportedChange]:
    """Changes in returns that are submitted and not accepted, and leavers told out of a return
    who wait, about days up to `until`; in order.

    Of a return that is with its school nothing counts: it may still change, and one that was sent
    back was not accepted. Nor does what an officer has refused.
    """
    sent = ReturnPupil.objects.filter(pupil_return__state=ReturnState.SUBMITTED)
    reported = sent.filter(is_refused=False)
    found = [*_of_days(reported.exclude(change="")), *_staying_on(reported), *_leavers()]
    return sorted(each for each in found if each.since <= until)


def _of_days(reported: QuerySet[ReturnPupil]) -> list[ReportedChange]:
    """Left: since the day after; not ours, needs no band: since the reference date."""
    rows = reported.exclude(change=PupilChange.STAYING_ON).values_list(
        "change", "pupil", "pupil_return__school", "change_date", "collection__reference_date"
    )
    return [
        ReportedChange(change, pupil, school, left + dt.timedelta(days=1) if left else reference)
        for change, pupil, school, left, reference in rows
    ]


def _leavers() -> list[ReportedChange]:
    waiting = Leaver.objects.waiting().values_list("pupil", "school", "left_on")
    return [
        ReportedChange(PupilChange.LEFT, pupil, school, left + dt.timedelta(days=1))
        for pupil, school, left in waiting
    ]


def _staying_on(reported: QuerySet[ReturnPupil]) -> list[ReportedChange]:
    rows = reported.filter(change=PupilChange.STAYING_ON).select_related(
        "pupil", "pupil_return__school", "pupil_return__collection"
    )
    return [
        ReportedChange(row.change, row.pupil_id, row.pupil_return.school_id, stays_since(row))
        for row in rows
    ]


def stays_since(row: ReturnPupil) -> dt.date:
    """The 1 September on which the pupil would have left, past or to come (S7)."""
    day, school = row.pupil_return.collection.reference_date, row.pupil_return.school
    year_before = row.pupil.year_group_on(day) - 1
    is_past = is_last_year_group(year_before, school.low_age, school.high_age)
    return dt.date(academic_year_of(day) + (not is_past), 9, 1)


def answer_of(row: ReturnPupil) -> Answer:
    return Answer(*(getattr(row, name) for name in ANSWER))


def banded_from(row: ReturnPupil) -> dt.date | None:
    """From which day the school's own band of a pupil is in force, the latest of them."""
    own = BandDecision.objects.in_force().filter(
        pupil=row.pupil_id, school=row.pupil_return.school_id
    )
    return own.order_by("-effective_from").values_list("effective_from", flat=True).first()
