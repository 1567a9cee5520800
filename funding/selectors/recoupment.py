"""Claims between authorities for each other's pupils, from a run's stored lines (rules.md F16).

Pounds. What is claimed from others is in no other total; what others may claim is what the run
pays the schools in their areas, and so in the control total already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from funding.choices import PAID_KINDS, LineKind
from funding.models import Line, Run
from schools.authorities import authority_of
from schools.models import FormerFact, Pupil

ZERO = Decimal("0.00")
THEIR_PUPIL = (LineKind.OTHER_LA, LineKind.RECOUPMENT)


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed from, or may be claimed by, an authority; `unvalued` lines have no amount."""

    code: str
    pupils: int
    schools: int
    lines: int
    unvalued: int
    amount: Decimal

    @property
    def authority(self) -> str:
        return authority_of(self.code)


def here() -> str:
    """How the DfE numbers of this authority’s schools begin."""
    return f"{settings.LA_CODE}/"


def has_pupils_of_others() -> bool:
    """Whether any pupil is, or ever was, another authority's."""
    if Pupil.everything.exclude(responsible_la=settings.LA_CODE).exists():
        return True
    former = FormerFact.objects.filter(kind="responsible_la")
    return former.exclude(value=settings.LA_CODE).exists()


def lines_claimed(run: Run) -> QuerySet[Line]:
    """Other authorities' pupils at schools in this one's area."""
    own = Line.objects.filter(run=run, kind__in=THEIR_PUPIL)
    return own.filter(Q(claim__isnull=False) | Q(annual_value=None, la_number__startswith=here()))


def lines_elsewhere(run: Run) -> QuerySet[Line]:
    """What is paid for this authority's pupils at schools in other authorities' areas."""
    paid = Line.objects.filter(run=run, kind__in=PAID_KINDS).exclude(la_number="")
    return paid.exclude(la_number__startswith=here())


def claims_on_others(run: Run) -> list[Claims]:
    """By authority, in order of code; one query."""
    by_authority = lines_claimed(run).order_by().values(code=Substr("responsible_la", 1, 3))
    return _claims(by_authority, "claim")


def claims_of_others(run: Run) -> list[Claims]:
    """What each authority may claim, in order of code; one query."""
    return _claims(lines_elsewhere(run).order_by().values(code=Substr("la_number", 1, 3)), "amount")


def _claims(by_authority: Any, amount: str) -> list[Claims]:
    rows = by_authority.annotate(
        pupils=Count("pupil", distinct=True),
        schools=Count("school", distinct=True),
        lines=Count("pk"),
        unvalued=Count("pk", filter=Q(**{amount: None})),
        total=Sum(amount, default=ZERO),
    )
    return [
        Claims(*(row[name] for name in ("code", "pupils", "schools", "lines", "unvalued", "total")))
        for row in rows.order_by("code")
    ]


def total_of(claims: Iterable[Claims]) -> Decimal:
    return sum((each.amount for each in claims), ZERO)


def in_order(lines: QuerySet[Line]) -> QuerySet[Line]:
    """As a schedule and a letter list them, with the names of their terms."""
    return lines.select_related("period").order_by("school_name", "urn", "reference", "start")
