"""Keeping what calculating a draft again changes (rules.md F7)."""

from funding import sql
from funding.models import Run


def keep_draft(run: Run) -> None:
    """Call before the lines of a draft are made again; `run.replaced_at` says which draft it was,
    and nothing where it is the first.
    """
    run.recalculated.all().delete()
    run.replaced_at = run.prepared_at if run.lines_hash or run.lines.exists() else None
    if run.replaced_at:
        sql.run_script("keep_draft", {"run": run.pk})


def compare_drafts(run: Run) -> None:
    """Call once the lines are made: keeps those that are other ones now."""
    if run.replaced_at:
        sql.run_script("compare_drafts", {"run": run.pk})
