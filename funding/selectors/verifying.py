"""Re-performing a run from what its lines keep (rules.md F7, F9): nothing else is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from banding_portal.audit_trail.events import event_models
from banding_portal.words import money
from funding.choices import PAID_KINDS, RunState
from funding.models import Line, Run
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
    lines_hash, total = hash_lines(run.pk), total_of(run)
    return Verification(
        run=run,
        lines=run.lines.count(),
        performed=performed_again(run).count(),
        lines_hash=lines_hash,
        control_total=total,
        inputs_changed=inputs_have_changed(run),
        differences=tuple(differences_of(run, lines_hash, total)),
    )


def total_of(run: Run) -> Decimal:
    paid = run.lines.filter(kind__in=PAID_KINDS).aggregate(total=Sum("amount"))["total"]
    return paid or Decimal("0.00")


def differences_of(run: Run, lines_hash: str, total: Decimal) -> list[str]:
    differences = []
    if lines_hash != run.lines_hash:
        differences.append(
            f"The lines hash to {lines_hash}; kept with the run is {run.lines_hash or 'nothing'}."
        )
    if total != run.control_total:
        differences.append(
            f"The lines add up to {money(total)}; the control total is {money(run.control_total)}."
        )
    return [*differences, *wrong_amounts(run)]


def published_total() -> Decimal:
    """Pounds of all published lines that are paid."""
    lines = Line.objects.filter(run__state=RunState.PUBLISHED, kind__in=PAID_KINDS)
    return lines.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def published_as_kept() -> tuple[int, list[str]]:
    """How many runs are published, and what of them is not as it was, in sentences: the lines
    against the run, and the run against the last that the audit trail has of it.
    """
    runs = Run.objects.filter(state=RunState.PUBLISHED).select_related("period__calendar")
    problems = [
        f"{run}: {problem}"
        for run in runs
        for problem in differences_of(run, hash_lines(run.pk), total_of(run))
    ]
    return len(runs), [*problems, *against_the_trail({run.pk: run for run in runs})]


def against_the_trail(runs: dict[UUID, Run]) -> Iterator[str]:
    """What the trail has as published, and the table otherwise or not at all; and the reverse."""
    model = event_models()["funding.run"]
    events = model.objects.order_by("pgh_obj_id", "-pgh_id")
    newest = {event["pgh_obj_id"]: event for event in events.distinct("pgh_obj_id").values()}
    kept = {field.attname for field in model._meta.concrete_fields}
    columns = [each.attname for each in Run._meta.concrete_fields if each.attname in kept]
    for pk, event in newest.items():
        if event["state"] != RunState.PUBLISHED:
            continue
        run = runs.get(pk)
        if run is None:
            yield f"Run {pk} was published and is there no more, or is not published any more."
        elif other := [name for name in columns if getattr(run, name) != event[name]]:
            yield f"{run}: the audit trail has another {', '.join(other)}."
    for pk in runs.keys() - newest.keys():
        yield f"{runs[pk]}: the audit trail knows of no such run."
