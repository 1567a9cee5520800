"""Database triggers that keep published money as it was published (rules.md F7).

Lines come and go by the hundred thousand, so their triggers look at a statement's rows at once.
"""

import pgtrigger

REFUSE_IF_PUBLISHED = """
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT run_id FROM {rows}) touched
        JOIN funding_run ON funding_run.id = touched.run_id
        WHERE funding_run.state = 'published'
    ) THEN
        RAISE EXCEPTION 'The lines of a published run never change.';
    END IF;
"""


def _watch(
    name: str, operation: pgtrigger.Operation, old: str | None, new: str | None
) -> pgtrigger.Trigger:
    checks = [REFUSE_IF_PUBLISHED.format(rows=rows) for rows in (old, new) if rows]
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old=old, new=new),
        func="".join(checks) + "RETURN NULL;",
    )


lines_of_published_runs_stay = [
    _watch("published_run_gains_no_line", pgtrigger.Insert, None, "added"),
    _watch("published_lines_stay", pgtrigger.Update, "before", "after"),
    _watch("published_run_loses_no_line", pgtrigger.Delete, "gone", None),
]

published_runs_stay = pgtrigger.Protect(
    name="published_runs_stay",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__state="published"),
)

# Who sends a run and who publishes it are two people in two steps: no single statement does both.
runs_are_published_by_two = pgtrigger.Trigger(
    name="runs_are_published_by_two",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Condition(
        "'published' = NEW.state AND (OLD.state <> 'checked'"
        " OR OLD.sent_by_id IS DISTINCT FROM NEW.sent_by_id"
        " OR OLD.prepared_by_id IS DISTINCT FROM NEW.prepared_by_id)"
    ),
    func="RAISE EXCEPTION 'A run is sent for checking by one person and published by another.';",
)

exceptions_of_published_runs_stay = pgtrigger.Trigger(
    name="published_exceptions_stay",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
    IF EXISTS (SELECT FROM funding_run WHERE id = OLD.run_id AND state = 'published') THEN
        RAISE EXCEPTION 'The exceptions of a published run never change.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    """,
)
