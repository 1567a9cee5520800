"""What an application must say of the provision in place, by the framework's own fields. Pure.

A framework names the fields, each with a code, a label, a kind (`text` or `hours` a week) and
perhaps a hint. An application lacks none of them.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

TEXT, HOURS = "text", "hours"
KINDS = (TEXT, HOURS)
MOST_HOURS = 168
"""Of a week."""

Fields = Sequence[Mapping[str, Any]]


def tidied(fields: Fields, given: Mapping[str, Any]) -> dict[str, str]:
    """What is given for the framework's fields, as text and without blanks around it."""
    known = [str(field["code"]) for field in fields]
    return {code: text for code in known if (text := str(given.get(code) or "").strip())}


def problems_of_evidence(fields: Fields, given: Mapping[str, str]) -> dict[str, str]:
    """By code what is missing or cannot be, as short sentences; empty when it is complete."""
    found = {}
    for field in fields:
        said = problem_of(field, given.get(str(field["code"]), ""))
        if said:
            found[str(field["code"])] = said
    return found


def problem_of(field: Mapping[str, Any], value: str) -> str:
    label = str(field["label"])
    if not value.strip():
        return f"Evidence of provision: give “{label}”"
    if field["kind"] == HOURS and not is_hours(value):
        return f"“{label}” must be hours a week, a number from 0 to {MOST_HOURS} like 12.5"
    return ""


def is_hours(value: str) -> bool:
    try:
        hours = Decimal(value.strip())
    except InvalidOperation:
        return False
    return hours.is_finite() and 0 <= hours <= MOST_HOURS and hours == round(hours, 2)


def in_words(fields: Fields, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of what is given, in the framework's order."""
    return [
        (str(field["label"]), hours_in_words(field, given[str(field["code"])]))
        for field in fields
        if given.get(str(field["code"]))
    ]


def hours_in_words(field: Mapping[str, Any], value: str) -> str:
    return f"{value} hours a week" if field["kind"] == HOURS else value
