"""Triggers that keep what was true of a pupil or a school, whoever writes and however (S11).

A change is true from today unless the transaction says another day, or that it always was:
`schools/services/history.py`. A blank was no fact, and what was true for no day is not kept.
"""

import pgtrigger

from schools.choices import KNOWN_BY

TRUE_FROM = "banding_portal.true_from"
"""The setting of a transaction: a day as 2026-09-01, ALWAYS, or empty for today."""
ALWAYS = "always"

REMEMBER = """
    IF current_setting('{setting}', true) = '{always}' THEN
        RETURN NULL;
    END IF;
    eve := coalesce(nullif(current_setting('{setting}', true), '')::date,
                    (now() AT TIME ZONE 'Europe/London')::date) - 1;
    WITH changed AS ({changed}),
    true_again AS (
        DELETE FROM {table} former USING changed
        WHERE former.{owner} = changed.id AND {same_kind}
          AND former.until = eve AND former.{value} = changed.is_now
    )
    INSERT INTO {table} (id, {owner}, {columns}, until, recorded_at)
    SELECT gen_random_uuid(), changed.id, {values}, eve, now()
    FROM changed
    WHERE changed.was <> '' AND NOT EXISTS (
        SELECT FROM {table} former
        WHERE former.{owner} = changed.id AND {same_kind} AND former.until >= eve
          AND {is_enough});
    RETURN NULL;
"""

CHANGED_FACTS = """
        SELECT before.id, fact.kind, fact.was, fact.is_now
        FROM before JOIN after ON after.id = before.id CROSS JOIN LATERAL (VALUES
            ('upn', coalesce(before.upn, ''), coalesce(after.upn, '')),
            ('name', before.surname || ', ' || before.forename,
             after.surname || ', ' || after.forename),
            ('date_of_birth', before.date_of_birth::text, after.date_of_birth::text),
            ('reference', before.reference, after.reference),
            ('responsible_la', before.responsible_la, after.responsible_la),
            ('primary_need', before.primary_need, after.primary_need)
        ) AS fact (kind, was, is_now)
        WHERE fact.was <> fact.is_now
"""

CHANGED_SECTORS = """
        SELECT before.id, before.sector AS was, after.sector AS is_now
        FROM before JOIN after ON after.id = before.id
        WHERE before.sector <> after.sector
"""


def remember(name: str, **parts: str) -> pgtrigger.Trigger:
    """A trigger that looks at the rows of a whole statement at once."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Update,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        declare=[("eve", "date")],
        func=REMEMBER.format(setting=TRUE_FROM, always=ALWAYS, **parts),
    )


KNOWN = ", ".join(f"'{kind}'" for kind in sorted(KNOWN_BY))
REMEMBER_FACTS = remember(
    "remember_facts",
    table="schools_formerfact",
    owner="pupil_id",
    value="value",
    columns="kind, value",
    values="changed.kind, changed.was",
    same_kind="former.kind = changed.kind",
    changed=CHANGED_FACTS,
    # One value a day, but of what a pupil is known by every one.
    is_enough=f"(former.kind NOT IN ({KNOWN}) OR former.value = changed.was)",
)
REMEMBER_SECTOR = remember(
    "remember_sector",
    table="schools_formersector",
    owner="school_id",
    value="sector",
    columns="sector",
    values="changed.was",
    same_kind="true",
    changed=CHANGED_SECTORS,
    is_enough="true",
)
