"""What becomes of whom when an academic year ends, as SQL (rules.md S5, S6, S7)."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear

from banding.choices import OPEN_STATES, PupilChange, ReturnState, RollOverKind
from banding.models import Collection, ReturnPupil
from banding.roll_over.rules import last_day_before
from schools.choices import ImportKind
from schools.models import ImportedRow, Placement, Plan
from schools.oddities import LAST_AGE
from schools.register_rules import is_last_year_group

Key = tuple[UUID, UUID]
"""Pupil and school."""
SAID = [ReturnState.SUBMITTED, ReturnState.ACCEPTED]
DAY = dt.timedelta(days=1)


def rolled_over(new_year: int) -> QuerySet[Any]:
    """Placements that would go on beyond the last 31 August, and that the year's end is about.

    Each has its `kind` (a RollOverKind), the `year_group` of the year just ended, the school's
    `reason` to stay where there is one, and `plan_ended` where no plan is left. Ordered by school
    and name. Two placements of a pupil are two rows.
    """
    last_day, born = last_day_before(new_year), born_by(new_year)
    plans = Plan.objects.filter(pupil=OuterRef("pupil"))
    return (
        Placement.objects.filter(start__lte=last_day)
        .since(last_day + DAY)
        .annotate(year_group=year_group_then(new_year - 1))
        .annotate(heard_since=heard_since(new_year))
        .annotate(
            reason=Case(
                When(REACHED, then=reason_to_stay(new_year)),
                default=Value(""),
                output_field=TextField(),
            ),
            plan_ended=Case(
                When(
                    ~Exists(plans.since(last_day + DAY)),
                    then=Subquery(plans.order_by("-end").values("end")[:1]),
                ),
                output_field=DateField(null=True),
            ),
        )
        .annotate(
            kind=Case(
                When(REACHED & Q(reason=""), then=Value(RollOverKind.LEAVES)),
                When(Q(pupil__date_of_birth__lte=born), then=Value(RollOverKind.TURNED_25)),
                When(REACHED, then=Value(RollOverKind.STAYS)),
                When(plan_ended__isnull=False, then=Value(RollOverKind.CEASED)),
            )
        )
        .exclude(kind=None)
        .select_related("pupil", "school")
        .order_by("school__name", "school__urn", "pupil__surname", "pupil__forename", "pk")
    )


HAS_YEAR_GROUPS = Q(school__low_age__isnull=False, school__high_age__gt=F("school__low_age"))
REACHED = Q(year_group__gte=F("school__high_age") - 5) & HAS_YEAR_GROUPS
"""Of a placement with its pupil's `year_group`: that it is the school's last one, or beyond."""


def year_group_then(academic_year: Any) -> Case:
    """`Pupil.year_group_on` of a placement's pupil, in the database (S5), in an academic year that
    is a number or an expression.
    """
    born = "pupil__date_of_birth"
    year = Value(academic_year) if isinstance(academic_year, int) else academic_year
    after_august = Case(When(Q(**{f"{born}__month__gt": 8}), then=Value(1)), default=Value(0))
    age = year - ExtractYear(born) - after_august
    recorded = F("pupil__recorded_year_group") + year - F("pupil__recorded_for")
    return Case(
        When(pupil__recorded_year_group__isnull=False, then=recorded),
        default=age - Value(4),
        output_field=IntegerField(),
    )


def reason_to_stay(new_year: int) -> Coalesce:
    """What `reason_of` finds among what schools said, of a placement's pupil at its school."""
    said = said_to_stay(new_year).filter(
        pupil=OuterRef("pupil"),
        pupil_return__school=OuterRef("school"),
        pupil_return__collection__reference_date__gte=OuterRef("heard_since"),
    )
    found = Subquery(said.values("said")[:1])
    return Coalesce(found, Value(""), output_field=TextField())


def heard_since(new_year: int) -> Case:
    """From when on what a school says is about this roll-over, and not about the one before."""
    was_there_before = Q(year_group__gt=F("school__high_age") - 5)
    return Case(
        When(was_there_before, then=Value(dt.date(new_year, 1, 1))),
        default=Value(dt.date(new_year - 1, 9, 1)),
        output_field=DateField(),
    )


def ended_with_the_year() -> QuerySet[Placement]:
    """Placements that a roll-over ended, unless it was undone; and those in their school's last
    year group that ended on a 31 August, whoever ended them: a file, or an officer.
    """
    rolled = ImportedRow.objects.filter(
        subject=OuterRef("pk"), record__kind=ImportKind.ROLL_OVER, undone_at=None
    )
    in_time = Placement.objects.filter(end__month=8, end__day=31)
    return in_time.annotate(year_group=year_group_then(ExtractYear("end") - 1)).filter(
        REACHED | Q(Exists(rolled))
    )


def end_before(placement: Placement) -> dt.date | None:
    """The end that a placement had before the last roll-over ended it; None where a file did."""
    rows = ImportedRow.objects.filter(subject=placement.pk, record__kind=ImportKind.ROLL_OVER)
    kept = rows.filter(undone_at=None).order_by("-record__made_at").first()
    end = kept.before.get("end") if kept else None
    return dt.date.fromisoformat(end) if end else None


def plans_beyond_25(new_year: int) -> QuerySet[Plan]:
    """Plans that would go on though the pupil has turned 25 in the year just ended (S5)."""
    last_day = last_day_before(new_year)
    plans = Plan.objects.filter(start__lte=last_day).since(last_day + DAY)
    found = plans.filter(pupil__date_of_birth__lte=born_by(new_year), pupil__merged_into=None)
    return found.select_related("pupil").order_by("pupil__surname", "pupil__forename", "pk")


def born_by(new_year: int) -> dt.date:
    """Who was born by that day turned 25 in the year just ended or before."""
    return dt.date(new_year - LAST_AGE, 8, 31)


def counts_of(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of each kind."""
    found = dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))
    return {kind: found.get(kind, 0) for kind in RollOverKind.values}


def mark_of(new_year: int) -> str:
    """Changes when anything changes that the roll-over would do, or anybody's staying."""
    rows = rolled_over(new_year).order_by("pk").values_list("pk", "kind")
    plans = plans_beyond_25(new_year).order_by("pk").values_list("pk", "end")
    return hashlib.sha256(repr([*rows, *plans]).encode()).hexdigest()


def said_to_stay(new_year: int) -> QuerySet[Any]:
    """Rows that say “staying on”, with the reason as `said`, of the year ended and the new one, the
    newest first. Of a return that is with its school what it submitted last counts, if anything:
    what it writes meanwhile may change.
    """
    said = Case(
        When(
            pupil_return__state__in=SAID,
            change=PupilChange.STAYING_ON,
            then=F("change_reason"),
        ),
        When(pupil_return__state__in=OPEN_STATES, then=F("stays_as_sent")),
        default=Value(""),
        output_field=TextField(),
    )
    return (
        ReturnPupil.objects.annotate(said=said)
        .filter(
            said__regex=r"\S",
            pupil_return__collection__reference_date__range=(
                dt.date(new_year - 1, 9, 1),
                dt.date(new_year + 1, 8, 31),
            ),
        )
        .order_by("-pupil_return__collection__reference_date")
    )


def reasons_to_stay(
    new_year: int, pupils: Iterable[UUID], round_: Collection
) -> dict[Key, list[tuple[dt.date, str]]]:
    """Reasons with the reference date of their collection, of the year ended and the new one. A
    school that has the return of this round again reads what it writes there, not what it said.
    """
    said = said_to_stay(new_year).filter(pupil__in=set(pupils))
    said = said.exclude(pupil_return__collection=round_, pupil_return__state__in=OPEN_STATES)
    names = ("pupil", "pupil_return__school", "pupil_return__collection__reference_date")
    reasons: dict[Key, list[tuple[dt.date, str]]] = {}
    for pupil, school, day, reason in said.values_list(*names, "said"):
        reasons.setdefault((pupil, school), []).append((day, reason.strip()))
    return reasons


def reason_of(
    row: Placement,
    year_group: int,
    reasons: dict[Key, list[tuple[dt.date, str]]],
    new_year: int,
) -> str:
    """The newest reason that is about this roll-over.

    What was said in the autumn term about a pupil who had reached the end a year before was
    about the roll-over of that September.
    """
    school = row.school
    was_there_before = is_last_year_group(year_group - 1, school.low_age, school.high_age)
    since = dt.date(new_year, 1, 1) if was_there_before else dt.date.min
    said = reasons.get((row.pupil_id, row.school_id), [])
    return next((reason for day, reason in said if day >= since and reason), "")
