"""The changes the database recorded, newest first, over all audited models.

Three queries whatever the number of rows: which changes, what each row was before and after,
and (in `words`) one for each kind of thing a row points to.
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from banding_portal.search import found_by


@dataclass
class Change:
    """One row changed once. `before` is empty for a new row, `after` for a deleted one."""

    model: type[models.Model]
    """The audited model, not its event model."""
    at: dt.datetime
    action: str
    """insert, update or delete"""
    user: str | None
    """The id of who did it; None for the portal itself."""
    obj_id: Any
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def all_models() -> list[Any]:
    return list(apps.get_models())


def event_models() -> dict[str, Any]:
    """The event models by label of the audited model, like `schools.pupil`."""
    found = {
        model.pgh_tracked_model._meta.label_lower: model
        for model in all_models()
        if getattr(model, "pgh_tracked_model", None) is not None
    }
    return dict(sorted(found.items()))


def changes_matching(
    *,
    offset: int,
    limit: int,
    kind: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
    who: str = "",
) -> list[Change]:
    """At most `limit` changes from the `offset`th newest on; days are local, both included.

    `who` is part of a name or email address.
    """
    known = event_models()
    kinds = [kind] if kind in known else list(known)
    people = people_called(who) if who else None
    parts = [events_of(known[name], name, start, end, people)[: offset + limit] for name in kinds]
    rows = parts[0]
    if len(parts) > 1:
        rows = rows.union(*parts[1:], all=True).order_by("-at", "-pgh_id", "audited")
    return with_rows(list(rows[offset : offset + limit]), known)


def events_of(
    model: Any, name: str, start: dt.date | None, end: dt.date | None, people: list[str] | None
) -> models.QuerySet:
    found = model.objects.all()
    if start:
        found = found.filter(pgh_created_at__gte=midnight(start))
    if end:
        found = found.filter(pgh_created_at__lt=midnight(end + dt.timedelta(days=1)))
    if people is not None:
        found = found.filter(pgh_context__metadata__user__in=people)
    return (
        found.order_by("-pgh_created_at", "-pgh_id")
        .annotate(
            audited=Value(name),
            at=F("pgh_created_at"),
            by=KeyTextTransform("user", "pgh_context__metadata"),
        )
        .values("audited", "pgh_id", "at", "pgh_label", "by")
    )


def people_called(text: str) -> list[str]:
    """Whom the text may mean, as the trail knows them: by their numbers."""
    fits = found_by(text, "name__folded") | Q(email__icontains=text.strip())
    return [str(pk) for pk in get_user_model().objects.filter(fits).values_list("pk", flat=True)]


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def with_rows(found: list[dict[str, Any]], known: dict[str, Any]) -> list[Change]:
    """Adds what each row was before and after."""
    ids: dict[str, list[int]] = defaultdict(list)
    for row in found:
        ids[row["audited"]].append(row["pgh_id"])
    states = states_of(ids, known)
    changes = []
    for row in found:
        now, earlier = states[row["audited"], row["pgh_id"]]
        deleted = row["pgh_label"] == "delete"
        changes.append(
            Change(
                model=known[row["audited"]].pgh_tracked_model,
                at=row["at"],
                action=row["pgh_label"],
                user=row["by"],
                obj_id=now["pgh_obj_id"],
                before=now if deleted else earlier or {},
                after={} if deleted else now,
            )
        )
    return changes


def states_of(
    ids: dict[str, list[int]], known: dict[str, Any]
) -> dict[tuple[str, int], tuple[dict[str, Any], dict[str, Any] | None]]:
    """Of each event the row as it was then, and as the event before left it."""
    if not ids:
        return {}
    parts: list[str] = []
    values: list[Any] = []
    for name, numbers in ids.items():
        table = connection.ops.quote_name(known[name]._meta.db_table)
        parts.append(
            f"SELECT %s, e.pgh_id, to_jsonb(e)::text, (SELECT to_jsonb(p)::text FROM {table} p"  # noqa: S608
            " WHERE p.pgh_obj_id = e.pgh_obj_id AND p.pgh_id < e.pgh_id"
            f" ORDER BY p.pgh_id DESC LIMIT 1) FROM {table} e WHERE e.pgh_id = ANY(%s)"
        )
        values += [name, numbers]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    return {
        (name, number): (json.loads(now), json.loads(before) if before else None)
        for name, number, now, before in rows
    }
