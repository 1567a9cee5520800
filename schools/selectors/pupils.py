"""Finding pupils, and what a person may see of one over time (rules.md B6)."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from banding_portal.folding import clean_code
from banding_portal.roles import ALL_PUPIL_ROLES
from banding_portal.search import found_by
from schools.choices import Fact
from schools.models import FormerFact, Placement, Plan, Pupil, User

UNPLACED = "none"
"""What the filter calls a pupil with a plan today and no placement."""
ON_ROLL, LEFT, ALL = "on_roll", "left", "all"
"""Pupils by their placements that the person may see; who was never placed is on roll."""


DASHED = re.compile(r"(\d{3})(\d+)|([A-Z]+)(\d+)")


def pupils_matching(user: User, filters: Mapping[str, Any], today: dt.date) -> QuerySet[Pupil]:
    """The pupils the person may see that fit `q`, `school`, `plan_type`, `need`, `placed`, `roll`.

    `q` is part of a name, a UPN or the authority's reference. Each pupil has `as_of` (today, or
    the last day the person may know about), `school_name`, `left_on` and `plan_now`, all as the
    person may see them.
    """
    placements = Placement.objects.visible_to(user)
    found: QuerySet[Any] = Pupil.objects.visible_to(user)
    if filters.get("school"):
        placements = placements.filter(school=filters["school"])
        found = found.filter(pk__in=placements.values("pupil"))
    if filters.get("roll") in (ON_ROLL, LEFT):
        gone = left(placements, today)
        found = found.filter(gone if filters["roll"] == LEFT else ~gone)
    if filters.get("placed") == UNPLACED:
        found = found.filter(pk__in=unplaced(today).values("pk"))
    text = (filters.get("q") or "").strip()
    if text:
        found = found.filter(search(text))
    found = with_what_is_now(found, user, placements, today)
    if filters.get("need"):
        found = found.filter(primary_need=filters["need"], as_of=today)
    if filters.get("plan_type"):
        found = found.filter(Exists(plans_as_of().filter(plan_type=filters["plan_type"])))
    return found


def left(placements: QuerySet[Placement], today: dt.date) -> Q:
    """Whose placements are all over on a day; of those that are given."""
    to_come = placements.filter(Q(end=None) | Q(end__gte=today))
    return Q(pk__in=placements.values("pupil")) & ~Q(pk__in=to_come.values("pupil"))


def unplaced(today: dt.date) -> QuerySet[Pupil]:
    """Pupils with a plan and no placement on a day, whom no return and no run reaches."""
    with_plan = Plan.objects.on(today).values("pupil")
    return Pupil.objects.filter(pk__in=with_plan).exclude(
        pk__in=Placement.objects.on(today).values("pupil")
    )


def search(text: str) -> Q:
    """What a person types to find a pupil: “Khan”, “Amira Khan”, “Khan, Amira”, a number.

    Names are compared folded, their words in any order; what a pupil was called or which UPN it
    had earlier finds it as well (S9, S11).
    """
    upn = clean_code(text)
    former = found_by(text, "folded") & Q(kind=Fact.NAME) | Q(kind=Fact.UPN, value=upn)
    starts = Q(reference__startswith=text) | Q(reference__startswith=text.upper())
    if dashed := with_dash(upn):
        starts |= Q(reference__startswith=dashed)
    # Each part by an index of its own; all in one condition would read every pupil.
    parts = [Pupil.objects.filter(each).order_by() for each in (found_by(text, "folded"), starts)]
    found = [part.values("pk") for part in [*parts, Pupil.objects.filter(upn=upn).order_by()]]
    earlier = FormerFact.objects.filter(former).order_by().values("pupil")
    return Q(pk__in=found[0].union(*found[1:], earlier))


def with_dash(code: str) -> str:
    """A reference typed without its dash as it is written: “999-12” for 99912, “WM-12” for WM12."""
    found = DASHED.fullmatch(code)
    return f"{found[1] or found[3]}-{found[2] or found[4]}" if found else ""


def with_what_is_now(
    pupils: QuerySet[Any], user: User, placements: QuerySet[Placement], today: dt.date
) -> QuerySet[Any]:
    latest = placements.filter(pupil=OuterRef("pk")).order_by(
        F("end").desc(nulls_first=True), "-start"
    )
    last_seen: Any = Value(today, output_field=DateField())
    if not user.roles & ALL_PUPIL_ROLES:
        ends = latest.annotate(last=Coalesce("end", Value(dt.date.max))).values("last")[:1]
        last_seen = Least(last_seen, Subquery(ends))
    pupils = pupils.annotate(as_of=last_seen)
    return pupils.annotate(
        school_name=Subquery(latest.values("school__name")[:1]),
        left_on=Subquery(latest.values("end")[:1]),
        plan_now=Subquery(plans_as_of().order_by("plan_type").values("plan_type")[:1]),
    )


def need_shown(today: dt.date) -> Case:
    """The need of a pupil of `pupils_matching`, where the person may know it: not of who left."""
    return Case(When(as_of=today, then=F("primary_need")), default=Value(""))


def plans_as_of() -> QuerySet[Plan]:
    """The plans of an outer pupil in force on its `as_of`; EHCP sorts before SEN Support."""
    day = OuterRef("as_of")
    return Plan.objects.filter(Q(end=None) | Q(end__gte=day), pupil=OuterRef("pk"), start__lte=day)


def seen_until(pupil: Pupil, user: User) -> dt.date | None:
    """The last day the person may know about: None without limit, else the day the pupil left
    the last of the person's schools (B6).
    """
    if user.roles & ALL_PUPIL_ROLES:
        return None
    ends = list(
        Placement.objects.visible_to(user).filter(pupil=pupil).values_list("end", flat=True)
    )
    over = [end for end in ends if end]
    return None if len(over) < len(ends) else max(over, default=dt.date.min)


def placements_of(pupil: Pupil, user: User) -> list[Placement]:
    """The pupil's placements the person may see, oldest first, with their schools."""
    visible = Placement.objects.visible_to(user).filter(pupil=pupil)
    return list(visible.select_related("school").order_by("start"))


def plans_of(pupil: Pupil, until: dt.date | None) -> list[Plan]:
    """The pupil's plans as known on a day: later ones are left out, later ends unknown."""
    plans = list(pupil.plans.order_by("start"))
    if until is None:
        return plans
    known = [plan for plan in plans if plan.start <= until]
    for plan in known:
        if plan.end and plan.end > until:
            plan.end = None
    return known
