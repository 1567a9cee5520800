"""What calculating a draft again changed (rules.md F7). Amounts are pounds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from banding_portal.words import counted, in_a_row, signed_money
from funding.choices import PAID_KINDS, LineChange
from funding.models import RecalculatedLine, Run

ZERO = Decimal("0.00")
WORDS = {
    LineChange.ADDED: "new",
    LineChange.REMOVED: "gone",
    LineChange.CHANGED: "changed",
}


@dataclass(frozen=True, slots=True)
class Recalculated:
    """How many lines are others than in the draft before, and what that comes to."""

    counts: dict[str, int]
    difference: Decimal

    @property
    def lines(self) -> int:
        return sum(self.counts.values())

    def __str__(self) -> str:
        if not self.lines:
            return "No line differs from the draft before."
        kinds = [
            f"{self.counts[kind]:,} {word}" for kind, word in WORDS.items() if self.counts.get(kind)
        ]
        differ = "differs" if self.lines == 1 else "differ"
        return (
            f"{counted(self.lines, 'line')} {differ} from the draft before: {in_a_row(kinds)}; "
            f"{signed_money(self.difference)} in all."
        )


def recalculated_in(run: Run) -> Recalculated | None:
    """None where the run has been calculated once, or is published; one query."""
    if run.replaced_at is None or run.published_at:
        return None
    rows = (
        run.recalculated.order_by()
        .values("change")
        .annotate(
            count=Count("pk"), sum=Sum("difference", filter=Q(kind__in=PAID_KINDS), default=ZERO)
        )
    )
    found = {row["change"]: row for row in rows}
    return Recalculated(
        counts={change: row["count"] for change, row in found.items()},
        difference=sum((row["sum"] for row in found.values()), ZERO),
    )


def recalculated_matching(run: Run, wanted: dict[str, Any]) -> QuerySet[RecalculatedLine]:
    """The lines that are others now, the largest differences first."""
    found = run.recalculated.select_related("period")
    if change := wanted.get("change"):
        found = found.filter(change=change)
    if text := (wanted.get("search") or "").strip():
        found = found.filter(
            Q(reference__icontains=text) | Q(urn=text) | Q(school_name__icontains=text)
        )
    return found
