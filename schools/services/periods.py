"""What has to hold for the dates of a placement or plan, whoever writes it (rules.md F3)."""

import datetime as dt
from typing import Any

from django.db.models import Q

from banding_portal.refusals import RefusalError
from banding_portal.words import day as in_words
from schools.models import Placement, Plan


def check_order(start: dt.date, end: dt.date | None) -> None:
    """Raises RefusalError for an end before the start."""
    if end and end < start:
        raise RefusalError(f"The end must not be before the start, {in_words(start)}", field="end")


def refuse_same(row: Placement | Plan) -> None:
    """Raises RefusalError where another row says the same for some of the days.

    That is a placement at the same school, or a plan of the same type.
    """
    same: Any = type(row).objects.since(row.start).filter(pupil=row.pupil_id).exclude(pk=row.pk)
    same = same.filter(Q(start__lte=row.end) if row.end else Q())
    if isinstance(row, Placement):
        if same.filter(school=row.school_id).exists():
            raise RefusalError(f"The pupil is placed at {row.school} then already")
    elif same.filter(plan_type=row.plan_type).exists():
        raise RefusalError("The pupil has a plan of this type then already")
