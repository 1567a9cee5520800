"""What is taken back of schools over several terms, and how far that is (rules.md F25). Pounds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from banding_portal.words import day, local_date
from funding.calculation.recovering import RecoveryPart, held_back, instalment
from funding.choices import LineKind, RunState
from funding.models import Line, RecoveryAgreement, Run

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Progress:
    """Of an agreement what its published lines took back so far, and what is left."""

    agreement: RecoveryAgreement
    total: Decimal
    taken: Decimal
    done: int

    @property
    def left(self) -> Decimal:
        return self.total - self.taken

    @property
    def next_part(self) -> RecoveryPart | None:
        if not self.left:
            return None
        agreement = self.agreement
        return instalment(
            *(self.total, self.done + 1, agreement.instalments, self.taken),
            rest=agreement.rest_at_once,
        )

    @property
    def parts_to_come(self) -> list[Decimal]:
        """What each later run takes back, in order; above zero."""
        found: list[Decimal] = []
        number, taken = self.done, self.taken
        while taken < self.total:
            number += 1
            part = instalment(
                *(self.total, number, self.agreement.instalments, taken),
                rest=self.agreement.rest_at_once,
            )
            found.append(-part.amount)
            taken -= part.amount
        return found


def agreed_of(agreement: RecoveryAgreement) -> str:
    """the headteacher on 3 December 2026"""
    return f"{agreement.agreed_with} on {day(local_date(agreement.made_at))}"


def taken_back(run: Run) -> dict[UUID, Decimal]:
    """By school what the adjustments of a run take back in all, above zero; one query."""
    adjusted = run.lines.filter(kind=LineKind.ADJUSTMENT).order_by()
    rows = adjusted.values_list("school").annotate(total=Sum("amount"))
    return {school: -total for school, total in rows if total < 0}


def schools_to_recover(run: Run) -> QuerySet[Any, Any]:
    """A dict a school that the adjustments of a run take money back from, the most first."""
    adjusted = run.lines.filter(kind=LineKind.ADJUSTMENT).order_by()
    schools = adjusted.values("school_id", "school_name", "urn").annotate(total=Sum("amount"))
    return schools.filter(total__lt=0).order_by("total", "school_name", "urn")


def progress_of(agreements: QuerySet[RecoveryAgreement]) -> list[Progress]:
    """Of agreements of published runs, from published lines alone; two queries."""
    found = list(agreements.filter(run__state=RunState.PUBLISHED).select_related("school", "run"))
    published = Line.objects.filter(
        recovers__in=[each.pk for each in found], run__state=RunState.PUBLISHED
    )
    held: dict[UUID, Decimal] = {}
    taken: dict[UUID, Decimal] = {}
    done: dict[UUID, int] = {}
    for agreement, number, amount in published.values_list("recovers", "instalment", "amount"):
        if agreement is None or amount is None or number is None:
            continue
        if number == 0:
            held[agreement] = amount
        else:
            taken[agreement] = taken.get(agreement, ZERO) - amount
            done[agreement] = max(done.get(agreement, 0), number)
    return [
        Progress(each, held[each.pk], taken.get(each.pk, ZERO), done.get(each.pk, 0))
        for each in found
        if each.pk in held
    ]


def running_before(run: Run) -> list[Progress]:
    """Agreements of earlier terms of which something is left."""
    earlier = RecoveryAgreement.objects.filter(run__period__start__lt=run.period.start)
    return [each for each in progress_of(earlier.order_by("made_at", "pk")) if each.left]


def parts_in(run: Run) -> list[tuple[RecoveryAgreement, RecoveryPart]]:
    """What a run has of recoveries: of its own agreements what is held back and the first
    instalment; the first run of a term also one instalment of each that is running.
    """
    taken = taken_back(run)
    found: list[tuple[RecoveryAgreement, RecoveryPart]] = []
    for agreement in run.recoveries.order_by("made_at", "pk"):
        total = taken.get(agreement.school_id, ZERO)
        if total:
            first = instalment(total, 1, agreement.instalments, ZERO)
            found += [(agreement, held_back(total)), (agreement, first)]
    if run.sequence == 1:
        for each in running_before(run):
            if part := each.next_part:
                found.append((each.agreement, part))
    return found


def recovery_lines(run: Run) -> QuerySet[Line]:
    return run.lines.filter(kind=LineKind.RECOVERY).order_by("school_name", "urn", "instalment")


def instalments_to_come(school: UUID) -> list[Progress]:
    """Agreements of a school of which something is left."""
    return [
        each
        for each in progress_of(RecoveryAgreement.objects.filter(Q(school=school)))
        if each.left
    ]
