"""A change in words: what it is about, and each field from old to new."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from banding_portal.audit_trail.events import Change
from banding_portal.audit_trail.kinds import KINDS, READ_WITH
from banding_portal.words import day_time, field_words, short_day

ACTIONS = {"insert": "Added", "update": "Changed", "delete": "Deleted"}
ABOUT = (
    "pupil",
    "return_pupil",
    "user",
    "pupil_return",
    "school",
    "case",
    "collection",
    "period",
    "run",
)
Names = dict[tuple[type[models.Model], str], str]


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class AuditLine:
    """One row of the audit page."""

    change: Change
    kind: str
    action: str
    about: str
    who: str
    differences: list[Difference]


def lines_of(changes: list[Change]) -> list[AuditLine]:
    """The changes in words, in the same order."""
    names = names_of(changes)
    user_model = get_user_model()
    return [
        AuditLine(
            change=change,
            kind=kind_words(change.model),
            action=ACTIONS.get(change.action, change.action),
            about=about(change, names),
            who=names.get((user_model, str(change.user)), "") if change.user else "The portal",
            differences=differences(change, names),
        )
        for change in changes
    ]


def kind_words(model: type[models.Model]) -> str:
    return KINDS.get(model._meta.label_lower) or str(model._meta.verbose_name).capitalize()


def links_of(model: type[models.Model]) -> Iterable[models.ForeignKey]:
    return (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))


def has_name(model: Any) -> bool:
    """Whether str() of a row needs no other row, or only those that are read with it."""
    named = any(f.name in ("name", "surname") for f in model._meta.concrete_fields)
    return named or model._meta.label_lower in READ_WITH


def names_of(changes: list[Change]) -> Names:
    """The names of the rows that changes point to, a query for each kind of them."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    wanted[get_user_model()] = {change.user for change in changes if change.user}
    for change in changes:
        for link in links_of(change.model):
            if has_name(link.related_model):
                ids = (change.before.get(link.attname), change.after.get(link.attname))
                wanted[link.related_model] |= {str(pk) for pk in ids if pk}
    return {
        (model, str(pk)): str(row)
        for model, ids in wanted.items()
        if ids
        for pk, row in rows_of(model, ids).items()
    }


def rows_of(model: Any, ids: set[str]) -> dict[Any, Any]:
    beside = READ_WITH.get(model._meta.label_lower, ())
    found = model._base_manager.all()
    return (found.select_related(*beside) if beside else found).in_bulk(list(ids))


def about(change: Change, names: Names) -> str:
    """Which pupil, person or other thing the row belongs to."""
    data = change.after or change.before
    if "surname" in data:
        return f"{data['surname']}, {data['forename']}"
    links = {link.name: link for link in links_of(change.model)}
    for name in ABOUT:
        if name in links:
            link = links[name]
            found = names.get((link.related_model, str(data.get(link.attname))))
            if found:
                return found
    return str(data.get("name") or "")


def differences(change: Change, names: Names) -> list[Difference]:
    """The fields that differ; of a new or deleted row those that have a value."""
    found = []
    for field in change.model._meta.concrete_fields:
        column = str(field.column)
        old, new = change.before.get(column), change.after.get(column)
        if old != new and not field.primary_key and (old or new not in (None, "")):
            label = field_words(str(field.verbose_name))
            found.append(Difference(label, shown(field, old, names), shown(field, new, names)))
    return found


def shown(field: Any, value: Any, names: Names) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, str(value)), f"{str(value)[:8]}…")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return day_time(dt.datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return short_day(dt.date.fromisoformat(value))
    return str(value)
