"""What single schools are paid otherwise, and who changed it last (rules.md F24)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from banding_portal.audit_trail.events import event_models
from banding_portal.search import found_by
from banding_portal.words import day, money
from funding.choices import SchoolAmountKind
from funding.models import SchoolAmount
from schools.models import School, User

PUPILS_CHANGED = "What its pupils are paid has changed, and with it what is missing to the minimum"

DONE = {"insert": "set", "update": "changed", "delete": "taken away"}


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """In words what changed, who recorded it and when; nobody where it follows from pupils."""

    said: str
    by: str = ""
    at: dt.datetime | None = None


def amounts_matching(wanted: dict[str, Any]) -> QuerySet[SchoolAmount]:
    """Of a kind, at schools whose name or URN fits."""
    found = SchoolAmount.objects.select_related("school", "band__framework")
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if text := (wanted.get("search") or "").strip():
        found = found.filter(Q(school__urn=text) | found_by(text, "school__folded"))
    return found.order_by("school__name", "school__urn", "kind", "name", "starts_on")


def last_change_of(school: School, since: dt.datetime | None) -> SchoolChange:
    """The newest entry of the audit trail about a lump sum or minimum of the school since then."""
    events = event_models()["funding.schoolamount"].objects.filter(school_id=school.pk)
    events = events.exclude(kind=SchoolAmountKind.RATE).order_by("-pgh_id")
    if since:
        events = events.filter(pgh_created_at__gt=since)
    who = KeyTextTransform("user", "pgh_context__metadata")
    event = events.annotate(who=who).first()
    if event is None:
        return SchoolChange(PUPILS_CHANGED)
    user = User.objects.filter(pk=event.who).first() if event.who else None
    by = user.name if user else ""
    return SchoolChange(said_of(event, DONE[event.pgh_label]), by, event.pgh_created_at)


def said_of(row: Any, done: str) -> str:
    """Lump sum “Pool” of £1,200.00 a year from 1 September 2026 set"""
    what = SchoolAmountKind(row.kind).label + (f" “{row.name}”" if row.name else "")
    until = f" to {day(row.ends_on)}" if row.ends_on else ""
    return f"{what} of {money(row.annual)} a year from {day(row.starts_on)}{until} {done}"
