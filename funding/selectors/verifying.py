"""Re-performing a run from what its lines keep (rules.md F7, F9): nothing else is asked."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from banding_portal.words import money
from funding.choices import PAID_KINDS
from funding.models import Run
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.line_files import hash_lines
from funding.selectors.reperforming import performed_again, wrong_amounts


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
    """Hash the lines again, add them up again, and work out again each amount: a line’s from the
    facts it keeps, protection beside the line it stands by, adjustments out of what was published
    before them.
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
    differences += wrong_amounts(run)
    return Verification(
        run=run,
        lines=run.lines.count(),
        performed=performed_again(run).count(),
        lines_hash=lines_hash,
        control_total=total,
        inputs_changed=inputs_have_changed(run),
        differences=tuple(differences),
    )
