"""A school’s year beside a statement: what is paid so far, and what would come (rules.md F23).

From published lines alone: nobody is shown what is not published.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from funding.calculation.year_to_come import expected
from funding.choices import PAID_KINDS, LineKind, Proration, RunState
from funding.models import Line, PaymentCalendar, Period, Run
from funding.selectors.school_values import school_days_of
from funding.selectors.statements import Statement

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class YearPart:
    """A term of the year: what its published runs pay the school, or what would come. Of a term
    before the first that was published neither is known here.
    """

    period: Period
    paid: Decimal | None
    expected: Decimal | None
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class StatementYear:
    """The terms of the payment year in order. `unknown` where what comes can’t be said."""

    name: str
    parts: list[YearPart]

    @property
    def so_far(self) -> Decimal:
        return sum((part.paid for part in self.parts if part.paid is not None), ZERO)

    @property
    def to_come(self) -> Decimal:
        return sum((part.expected for part in self.parts if part.expected is not None), ZERO)

    @property
    def has_more(self) -> bool:
        return any(part.is_to_come for part in self.parts)

    @property
    def is_known(self) -> bool:
        """Whether what comes can be said of every term that is left."""
        return all(part.expected is not None for part in self.parts if part.is_to_come)


def statement_year(statement: Statement) -> StatementYear:
    """What a school was paid by each term’s runs, adjustments in the term that paid them; and for
    terms no run is published of, what the pupils it was paid for on the last day of the latest term
    would come to, at the same annual amounts, protection left out.
    """
    calendar = PaymentCalendar.objects.get(pk=statement.run.period.calendar_id)
    periods = list(calendar.periods.order_by("start"))
    school = statement.school.pk
    published = Line.objects.filter(
        run__state=RunState.PUBLISHED, run__period__calendar=calendar, school=school
    )
    sums = published.filter(kind__in=PAID_KINDS).order_by().values("run__period")
    paid = {row["run__period"]: row["sum"] for row in sums.annotate(sum=Sum("amount"))}
    runs = Run.objects.filter(state=RunState.PUBLISHED, period__calendar=calendar)
    done = set(runs.values_list("period", flat=True))
    latest = [period for period in periods if period.pk in done][-1]
    annuals = _annuals_at_the_end(published, latest)
    parts = []
    for period in periods:
        if period.pk in done:
            parts.append(YearPart(period, paid.get(period.pk, ZERO), None))
        elif period.start < latest.start:
            parts.append(YearPart(period, None, None))
        else:
            share = _share(period, calendar, school)
            comes = expected(annuals, share) if share else None
            parts.append(YearPart(period, None, comes, is_to_come=True))
    return StatementYear(calendar.year, parts)


def _annuals_at_the_end(published: QuerySet[Line], latest: Period) -> list[Decimal]:
    """Annual pounds of who was paid for to the end of the latest term and stays after it."""
    stay = Q(on_roll_to=None) | Q(on_roll_to__gt=latest.end)
    stay &= Q(plan_to=None) | Q(plan_to__gt=latest.end)
    lines = published.filter(
        stay,
        run__period=latest,
        period=latest,
        end=latest.end,
        kind__in=[LineKind.ALLOCATION, LineKind.EXCEPTIONAL],
    )
    annuals = lines.values_list("annual_value", flat=True)
    return [annual for annual in annuals if annual is not None]


def _share(period: Period, calendar: PaymentCalendar, school: UUID) -> Fraction | None:
    """Of a year; by school days those of the term out of the financial year’s, the school’s own
    days before the authority’s. None where nobody has said which days they are.
    """
    if calendar.proration != Proration.SCHOOL_DAYS:
        return Fraction(period.numerator, period.denominator)
    days = school_days_of(period.start, school)
    in_term = sum(period.start <= day <= period.end for day in days)
    return Fraction(in_term, len(days)) if days else None
