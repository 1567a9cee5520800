"""Re-performing a run from what its lines keep (rules.md F7, F9): nothing else is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from banding_portal.words import money
from funding.calculation import line_amount
from funding.choices import PAID_KINDS, LineKind
from funding.models import Line, Run
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.line_files import hash_lines

WORKED_OUT = (LineKind.ALLOCATION, LineKind.EXCEPTIONAL)
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was kept of a run and what it comes to now; `differences` are sentences.

    `inputs_changed` says whether something it was worked out from is another now. That is no
    difference: what was published stays, and the next run adjusts.
    """

    run: Run
    lines: int
    performed: int
    lines_hash: str
    control_total: Decimal
    inputs_changed: bool
    differences: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        run = self.run
        return {
            "run": str(run.pk),
            "period": run.period.code,
            "sequence": run.sequence,
            "state": run.state,
            "lines": self.lines,
            "total": run.control_total,
            "equal": not self.differences,
            "amounts_performed_again": self.performed,
            "control_total": run.control_total,
            "control_total_now": self.control_total,
            "lines_hash": run.lines_hash,
            "lines_hash_now": self.lines_hash,
            "inputs_hash": run.inputs_hash,
            "inputs_changed_since": self.inputs_changed,
            "differences": list(self.differences),
        }


def verify(run: Run) -> Verification:
    """Hash the lines again, add them up again, and work out again each amount that a line keeps
    the facts of. Adjustments are differences to other runs and are hashed and added only.
    """
    lines_hash = hash_lines(run.pk)
    paid = run.lines.filter(kind__in=PAID_KINDS).aggregate(total=Sum("amount"))["total"]
    total = paid or Decimal("0.00")
    differences = []
    if lines_hash != run.lines_hash:
        differences.append(
            f"The lines hash to {lines_hash}; kept with the run is {run.lines_hash or 'nothing'}."
        )
    if total != run.control_total:
        differences.append(
            f"The lines add up to {money(total)}; the control total is {money(run.control_total)}."
        )
    differences += _wrong_amounts(run)
    return Verification(
        run=run,
        lines=run.lines.count(),
        performed=run.lines.filter(kind__in=WORKED_OUT).count(),
        lines_hash=lines_hash,
        control_total=total,
        inputs_changed=inputs_have_changed(run),
        differences=tuple(differences),
    )


def _wrong_amounts(run: Run) -> Iterator[str]:
    for line in run.lines.order_by("reference", "start").iterator(CHUNK):
        again = amount_again(line)
        if again != line.amount:
            yield (
                f"{line.reference} at {line.urn} from {line.start}: the line says "
                f"{money(line.amount, 'nothing')}, its facts give {money(again, 'nothing')}."
            )


def amount_again(line: Line) -> Decimal | None:
    """F3 to F6: the amount out of the line's own facts, in pounds; an adjustment's as it is."""
    if line.kind == LineKind.OTHER_LA:
        return Decimal("0.00")
    if line.kind == LineKind.UNVALUED:
        return None
    if line.kind not in WORKED_OUT or line.annual_value is None:
        return line.amount
    if line.school_days is not None and line.year_school_days:
        return line_amount(line.annual_value, 1, 1, line.school_days, line.year_school_days)
    return line_amount(
        line.annual_value, line.numerator, line.denominator, line.days, line.period_days
    )
