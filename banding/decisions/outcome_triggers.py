"""Database triggers: an outcome is in force only beside the decision it is about (rules.md M10).

They look when the transaction ends, for a merge or its undoing changes both one after the other.
Whoever comes second, a settlement or a correction, waits for the first and then fails.
"""

import pgtrigger

SAID = "RAISE EXCEPTION 'A moderated decision is in force beside the one it is about.';"
ORIGINAL_IN_FORCE = f"""
    PERFORM FROM banding_banddecision
    WHERE id = NEW.moderates_id AND state = 'submitted' FOR SHARE;
    IF NOT FOUND AND EXISTS (
        SELECT FROM banding_banddecision WHERE id = NEW.id AND state = 'submitted'
    ) THEN
        {SAID}
    END IF;
    RETURN NULL;
"""
NO_OUTCOME_LEFT = f"""
    IF EXISTS (
        SELECT FROM banding_banddecision AS outcome
        JOIN banding_banddecision AS original ON original.id = outcome.moderates_id
        WHERE original.id = NEW.id
        AND (outcome.state, original.state <> 'submitted') = ('submitted', true)
    ) THEN
        {SAID}
    END IF;
    RETURN NULL;
"""
outcomes_stand_beside_theirs = [
    pgtrigger.Trigger(
        name="outcome_about_one_in_force",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__moderates__isnull=False, new__state="submitted"),
        func=ORIGINAL_IN_FORCE,
    ),
    pgtrigger.Trigger(
        name="no_outcome_left_alone",
        operation=pgtrigger.Update,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(old__state="submitted") & ~pgtrigger.Q(new__state="submitted"),
        func=NO_OUTCOME_LEFT,
    ),
]
