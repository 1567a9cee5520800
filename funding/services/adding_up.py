"""What a run keeps of its lines: their hash, the control total, its totals (rules.md F7)."""

from decimal import Decimal

from funding.models import Run
from funding.selectors.line_files import hash_lines
from funding.selectors.summaries import as_json, work_out_summary
from funding.selectors.verifying import total_of


def add_up(run: Run) -> None:
    """Of the lines as they are stored now; the caller saves the run."""
    run.lines_hash = hash_lines(run.pk)
    run.control_total = control_total(run)
    run.summary = as_json(work_out_summary(run))


def control_total(run: Run) -> Decimal:
    """What the run pays in pounds: its stored lines of the kinds that are paid."""
    return total_of(run)
