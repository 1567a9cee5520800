"""A change in words: what it is about, and each field from old to new."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse

from banding_portal.audit_trail.events import Change
from banding_portal.audit_trail.kinds import KINDS, OF_ANOTHER, PAGES, READ_WITH
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
    "query",
)
Rows = dict[tuple[type[models.Model], str], models.Model]
"""What changes point to, by model and id."""


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
    url: str
    """The page of what it is about, where there is one."""
    who: str
    differences: list[Difference]


def lines_of(changes: list[Change]) -> list[AuditLine]:
    """The changes in words, in the same order."""
    rows = rows_beside(changes)
    return [line_of(change, rows) for change in changes]


def line_of(change: Change, rows: Rows) -> AuditLine:
    name, row = about(change, rows)
    person = rows.get((get_user_model(), str(change.user)), "")
    return AuditLine(
        change=change,
        kind=kind_words(change.model),
        action=ACTIONS.get(change.action, change.action),
        about=name,
        url=page_of(row) if row else "",
        who=str(person) if change.user else "The portal",
        differences=differences(change, rows),
    )


def kind_words(model: type[models.Model]) -> str:
    return KINDS.get(model._meta.label_lower) or str(model._meta.verbose_name).capitalize()


def links_of(model: type[models.Model]) -> Iterable[models.ForeignKey]:
    return (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))


def has_name(model: Any) -> bool:
    """Whether str() of a row needs no other row, or only those that are read with it."""
    named = any(f.name in ("name", "surname") for f in model._meta.concrete_fields)
    return named or model._meta.label_lower in READ_WITH


def rows_beside(changes: list[Change]) -> Rows:
    """The rows that changes point to, and their own that have a page, a query for each kind."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    wanted[get_user_model()] = {change.user for change in changes if change.user}
    for change in changes:
        if change.model._meta.label_lower in PAGES:
            wanted[change.model].add(str(change.obj_id))
        for link in links_of(change.model):
            if has_name(link.related_model):
                ids = (change.before.get(link.attname), change.after.get(link.attname))
                wanted[link.related_model] |= {str(pk) for pk in ids if pk}
    return {
        (model, str(pk)): row
        for model, ids in wanted.items()
        if ids
        for pk, row in rows_of(model, ids).items()
    }


def rows_of(model: Any, ids: set[str]) -> dict[Any, Any]:
    beside = READ_WITH.get(model._meta.label_lower, ())
    found = model._base_manager.all()
    return (found.select_related(*beside) if beside else found).in_bulk(list(ids))


def about(change: Change, rows: Rows) -> tuple[str, models.Model | None]:
    """Which pupil, person or other thing the row belongs to: its name, and its row if it is there.

    A name of the row's own is the one it had then.
    """
    data = change.after or change.before
    own = rows.get((change.model, str(change.obj_id)))
    if "surname" in data:
        return f"{data['forename']} {data['surname']}", own
    if own:
        return str(data.get("name") or own), own
    links = {link.name: link for link in links_of(change.model)}
    for name in ABOUT:
        if name in links:
            link = links[name]
            found = rows.get((link.related_model, str(data.get(link.attname))))
            if found:
                return str(found), found
    return str(data.get("name") or ""), None


def page_of(row: models.Model) -> str:
    label = row._meta.label_lower
    if label in OF_ANOTHER:
        return page_of(getattr(row, OF_ANOTHER[label]))
    return reverse(PAGES[label], args=[row.pk]) if label in PAGES else ""


def differences(change: Change, rows: Rows) -> list[Difference]:
    """The fields that differ; of a new or deleted row those that have a value."""
    found = []
    for field in change.model._meta.concrete_fields:
        column = str(field.column)
        old, new = change.before.get(column), change.after.get(column)
        if old != new and not field.primary_key and (old or new not in (None, "")):
            label = field_words(str(field.verbose_name))
            found.append(Difference(label, shown(field, old, rows), shown(field, new, rows)))
    return found


def shown(field: Any, value: Any, rows: Rows) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.ForeignKey):
        return str(rows.get((field.related_model, str(value)), f"{str(value)[:8]}…"))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return day_time(dt.datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return short_day(dt.date.fromisoformat(value))
    return str(value)
