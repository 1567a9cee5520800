"""What has to hold for the dates of a placement or plan, whoever writes it (rules.md F3)."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.words import day as in_words
from schools.choices import Odd, PlanType
from schools.models import FormerFact, Placement, Plan, Pupil, School
from schools.oddities import Oddity, oddities_of_birth, oddities_of_period, oddities_of_place


def check_order(start: dt.date, end: dt.date | None) -> None:
    """Raises RefusalError for an end before the start."""
    if end and end < start:
        raise RefusalError(f"The end must not be before the start, {in_words(start)}", field="end")


def oddities_about(
    pupil: Pupil, start: dt.date, end: dt.date | None, what: str, school: School | None = None
) -> list[Oddity]:
    """What is odd about a “placement”, at a school where that is known, or “plan” (S13)."""
    born = pupil.date_of_birth
    found = oddities_of_period(born, start, end, what)
    if school:
        found += oddities_of_place(born, start, end, school, timezone.localdate())
    return found


def plans_beside(
    pupil: Pupil, plan_type: str, start: dt.date, end: dt.date | None, but: Plan | None = None
) -> list[Oddity]:
    """What is odd about a plan while the pupil has one of the other kind (F3)."""
    others = Plan.objects.since(start).filter(pupil=pupil).exclude(plan_type=plan_type)
    others = others.filter(Q(start__lte=end) if end else Q())
    others = others.exclude(pk=but.pk) if but else others
    found = []
    for plan in others.order_by("start"):
        noun = "an EHCP" if plan.plan_type == PlanType.EHCP else plan.get_plan_type_display()
        said = f"The pupil has {noun} then too, from {in_words(plan.start)}"
        found.append(Oddity(Odd.TWO_PLANS, "plan_type", said))
    return found


def refuse_birth(pupil: Pupil, today: dt.date) -> None:
    """Raises RefusalError for a birth in the future, or after a placement or plan began."""
    born = pupil.date_of_birth
    found = oddities_of_birth(born, today)
    for placement in pupil.placements.all():
        found += oddities_of_period(born, placement.start, placement.end, "placement")
    for plan in pupil.plans.all():
        found += oddities_of_period(born, plan.start, plan.end, "plan")
    error = next((each for each in found if each.is_error), None)
    if error:
        raise RefusalError(error.sentence, field="date_of_birth")


def refuse_impossible(row: Placement | Plan) -> None:
    """Raises RefusalError for days that cannot be: before birth, or after 25."""
    what = "placement" if isinstance(row, Placement) else "plan"
    for each in oddities_of_period(row.pupil.date_of_birth, row.start, row.end, what):
        if each.is_error:
            raise RefusalError(each.sentence, field=each.field)


def refuse_same(row: Placement | Plan) -> None:
    """Raises RefusalError where another row says the same for some of the days.

    That is a placement at the same school, or a plan of the same type.
    """
    same: Any = type(row).objects.since(row.start).filter(pupil=row.pupil_id).exclude(pk=row.pk)
    same = same.filter(Q(start__lte=row.end) if row.end else Q())
    if isinstance(row, Placement):
        if same.filter(school=row.school_id).exists():
            raise RefusalError(f"The pupil is already placed at {row.school} on that day")
    elif same.filter(plan_type=row.plan_type).exists():
        raise RefusalError("The pupil already has a plan of this type on that day")


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
        raise RefusalError(f"{ended}, so the order would change", field="until")
