"""What has to hold for the dates of a placement or plan, whoever writes it (rules.md F3)."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.words import day as in_words
from schools.models import FormerFact, Placement, Plan


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


def check_until(row: FormerFact) -> None:
    """Raises RefusalError where a former fact's last day is not over, or leaves its place.

    Those of its kind keep their order: no other one ended between its last day and the new one.
    """
    if row.until >= timezone.localdate():
        raise RefusalError("The last day must be before today", field="until")
    was = FormerFact.objects.filter(pk=row.pk).values_list("until", flat=True).first() or row.until
    others = FormerFact.objects.filter(pupil=row.pupil_id, kind=row.kind).exclude(pk=row.pk)
    between = others.filter(until__range=sorted([was, row.until])).first()
    if between:
        ended = f"{between.get_kind_display()} {between.shown} ended on {in_words(between.until)}"
        raise RefusalError(f"{ended}: the order would be another one", field="until")
