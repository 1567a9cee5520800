"""Database triggers that keep a framework as it was when a decision used it (rules.md B1).

Whoever changes one locks its row, and so does a decision that leaves its draft: what comes second
sees what the first has done.
"""

import pgtrigger

ALWAYS_MAY_CHANGE = ("state", "is_open", "examples")
"""No band follows from the examples: they are there to compare with and to train."""
REFUSE_IF_USED = """
    PERFORM FROM banding_framework WHERE id IN ({frameworks}) FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM banding_banddecision
        WHERE framework_id IN ({frameworks}) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'A framework that decisions use never changes.';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
"""
CONTENT_STAYS = """
    IF to_jsonb(OLD) - ARRAY{columns} IS DISTINCT FROM to_jsonb(NEW) - ARRAY{columns} THEN
        {refuse}
    END IF;
    RETURN NEW;
"""
HOLD_FRAMEWORK = """
    PERFORM FROM banding_framework
    WHERE id IN (SELECT framework_id FROM after WHERE state <> 'draft') FOR SHARE;
    RETURN NULL;
"""


def part_stays(name: str, frameworks: str) -> pgtrigger.Trigger:
    """No part is added, changed or taken away; `frameworks` is the SQL of whose part it is."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=REFUSE_IF_USED.format(frameworks=frameworks),
    )


def holds_framework(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """A decision in force keeps its framework from being changed at the same moment."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="after"),
        func=HOLD_FRAMEWORK,
    )


framework_stays = pgtrigger.Trigger(
    name="used_framework_stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func=CONTENT_STAYS.format(
        columns=list(ALWAYS_MAY_CHANGE), refuse=REFUSE_IF_USED.format(frameworks="OLD.id")
    ),
)
bands_stay = part_stays("used_bands_stay", "OLD.framework_id, NEW.framework_id")
areas_stay = part_stays("used_areas_stay", "OLD.framework_id, NEW.framework_id")
levels_stay = part_stays(
    "used_levels_stay",
    "SELECT framework_id FROM banding_area WHERE id IN (OLD.area_id, NEW.area_id)",
)
decisions_hold_framework = [
    holds_framework("insert_holds_framework", pgtrigger.Insert),
    holds_framework("update_holds_framework", pgtrigger.Update),
]
