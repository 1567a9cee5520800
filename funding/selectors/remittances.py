"""Who is paid by a run and for what, payee by payee (rules.md F17). Stored lines only; pounds.

A payee is whoever the payee reference names, a trust with several schools too; a school without
one is paid under its URN.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, Sum, When

from banding_portal.search import found_by
from funding.choices import PAID_KINDS
from funding.models import Line, Run

ZERO = Decimal("0.00")
CHUNK = 5000
PAYEE = Case(When(payee="", then=F("urn")), default=F("payee"), output_field=CharField())


@dataclass(frozen=True, slots=True)
class Part:
    """What is paid for the pupils of one school."""

    school: str
    urn: str
    la_number: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.amount or ZERO for line in self.lines), ZERO)


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a payee is paid by a run, school by school."""

    payee: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> Decimal:
        return sum((part.total for part in self.parts), ZERO)

    @property
    def lines(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def name(self) -> str:
        """Of the only school, or how many there are."""
        return self.parts[0].school if len(self.parts) == 1 else f"{len(self.parts)} schools"


def payees_of(run: Run, text: str = "") -> QuerySet[Any, Any]:
    """A dict a payee with its schools, pupils, lines and amount, in order of name."""
    lines = run.lines.filter(kind__in=PAID_KINDS).order_by().annotate(paid_to=PAYEE)
    if text := text.strip():
        named = Q(school_name__icontains=text) | found_by(text, "school__folded")
        fits = lines.filter(named | Q(urn=text) | Q(payee__iexact=text))
        lines = lines.filter(paid_to__in=fits.values("paid_to"))
    return (
        lines.values("paid_to")
        .annotate(
            name=Min("school_name"),
            urn=Min("urn"),
            schools=Count("school", distinct=True),
            pupils=Count("pupil", distinct=True),
            lines=Count("pk"),
            amount=Sum("amount", default=ZERO),
        )
        .order_by("name", "paid_to")
    )


def payees_below_zero(run: Run) -> QuerySet[Any, Any]:
    """Payees that owe more than they are paid, of `payees_of`, the largest debt first."""
    return payees_of(run).filter(amount__lt=0).order_by("amount", "paid_to")


def payee_of(run: Run, urn: str) -> str:
    """Who is paid for a school; empty where nobody is."""
    lines = run.lines.filter(kind__in=PAID_KINDS, urn=urn).order_by()
    return lines.annotate(paid_to=PAYEE).values_list("paid_to", flat=True).first() or ""


def remittances_of(run: Run, payee: str = "") -> Iterator[Remittance]:
    """Every remittance in order of payee, or that of one; one query, read a part at a time."""
    lines = run.lines.filter(kind__in=PAID_KINDS).annotate(paid_to=PAYEE)
    if payee:
        lines = lines.filter(paid_to=payee)
    ordered = lines.select_related("period").order_by(
        "paid_to", "school_name", "urn", "reference", "start", "period__start", "kind"
    )
    for paid_to, theirs in groupby(ordered.iterator(CHUNK), lambda line: line.paid_to):
        parts = [
            Part(school, urn, la_number, tuple(found))
            for (school, urn, la_number), found in groupby(
                theirs, lambda line: (line.school_name, line.urn, line.la_number)
            )
        ]
        yield Remittance(paid_to, tuple(parts))
