"""What schools are paid by a run and were by the one before, and why (rules.md F9). Pounds, of the
stored lines of both alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Abs, Coalesce

from banding_portal.search import found_by
from banding_portal.words import lower_first
from funding.calculation.differences import PupilTerm, difference_sentence, why_different
from funding.choices import PAID_KINDS, LineKind, RunState
from funding.models import Line, Run
from funding.selectors.movements import Movement, movements_between, paid_by
from schools.models import School

ZERO = Decimal("0.00")
OWN = (LineKind.ALLOCATION, LineKind.UNVALUED)


def schools_compared(run: Run, before: Run, text: str = "") -> QuerySet[Any, Any]:
    """A dict a school that either run pays: `before`, `now` and `change`, the largest first. They
    add up to the two control totals.
    """
    lines = Line.objects.filter(run__in=[run, before], kind__in=PAID_KINDS)
    if text := text.strip():
        named = Q(school_name__icontains=text) | Q(urn=text) | found_by(text, "school__folded")
        lines = lines.filter(named)
    return (
        lines.order_by()
        .values("school_id")
        .annotate(
            name=Coalesce(Max("school_name", filter=Q(run=run)), Max("school_name")),
            number=Max("urn"),
            before=Sum("amount", filter=Q(run=before), default=ZERO),
            now=Sum("amount", filter=Q(run=run), default=ZERO),
        )
        .annotate(change=F("now") - F("before"), size=Abs(F("now") - F("before")))
        .order_by("-size", "name", "number")
    )


@dataclass(frozen=True, slots=True)
class PupilDifference:
    """A pupil of the school whose amount is another one, and why."""

    pupil: UUID | None
    """None for what the school is paid itself."""
    reference: str
    before: Decimal
    now: Decimal
    reasons: list[str]

    @property
    def change(self) -> Decimal:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class SchoolDifference:
    """The movements add up to exactly `change`; so do the pupils, of whom those are listed whose
    amount is another one.
    """

    before: Decimal
    now: Decimal
    movements: tuple[Movement, ...]
    pupils: list[PupilDifference]
    sentence: str

    @property
    def change(self) -> Decimal:
        return self.now - self.before


def difference_of_school(run: Run, before: Run, school: School) -> SchoolDifference:
    """The largest changes of pupils first; six queries."""
    now, was = paid_by(run, school.pk).total, paid_by(before, school.pk).total
    movements = movements_between(run, before, school.pk)
    steps = [(lower_first(step.label), step.amount) for step in movements]
    later = Run.objects.filter(period=before.period_id, state=RunState.PUBLISHED, sequence__gt=1)
    of_first = " in its first run" if later.exists() else ""
    terms = {"term": run.period.name, "before_term": f"{before.period.name}{of_first}"}
    return SchoolDifference(
        before=was,
        now=now,
        movements=movements,
        pupils=_pupils(run, before, school),
        sentence=difference_sentence(school=school.name, before=was, now=now, steps=steps, **terms),
    )


def _pupils(run: Run, before: Run, school: School) -> list[PupilDifference]:
    now, was = _terms(run, school), _terms(before, school)
    none = ("", PupilTerm())
    found = []
    for pupil in now.keys() | was.keys():
        (reference, then), (earlier, ago) = now.get(pupil, none), was.get(pupil, none)
        if then.total != ago.total:
            reasons = why_different(ago, then)
            found.append(
                PupilDifference(pupil, reference or earlier, ago.total, then.total, reasons)
            )
    return sorted(found, key=lambda each: (-abs(each.change), each.reference))


def _terms(run: Run, school: School) -> dict[UUID | None, tuple[str, PupilTerm]]:
    """By pupil the reference and what the run pays at the school, and without one what it pays the
    school itself; one query.
    """
    lines: dict[UUID | None, list[Line]] = defaultdict(list)
    kinds = [*PAID_KINDS, LineKind.UNVALUED]
    for line in run.lines.filter(school=school, kind__in=kinds).order_by("start"):
        lines[line.pupil_id].append(line)
    return {pupil: (of[0].reference or "The school", _term(of)) for pupil, of in lines.items()}


def _term(lines: list[Line]) -> PupilTerm:
    def sum_of(kind: LineKind) -> Decimal:
        return sum((line.amount or ZERO for line in lines if line.kind == kind), ZERO)

    own = [line for line in lines if line.kind in OWN and line.decision_id]
    last = own[-1] if own else None
    return PupilTerm(
        band=last.band_name if last else "",
        annual=last.annual_value if last else None,
        days=sum(line.days for line in own),
        period_days=last.period_days if last else 0,
        share=f"{last.numerator}/{last.denominator}" if last and not last.school_days else "",
        allocation=sum_of(LineKind.ALLOCATION),
        exceptional=sum_of(LineKind.EXCEPTIONAL),
        protection=sum_of(LineKind.PROTECTION),
        adjustment=sum_of(LineKind.ADJUSTMENT),
        for_school=sum_of(LineKind.LUMP_SUM) + sum_of(LineKind.MINIMUM),
        recovery=sum_of(LineKind.RECOVERY),
    )
