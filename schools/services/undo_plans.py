"""What of an import could be undone now, and why not the rest (rules.md S12).

What cannot go back on its own goes back together or not at all: everything about one pupil, and
for the register a school with its links and the placements that were carried from it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from schools.choices import ImportKind
from schools.models import ImportedRow, ImportRecord, Placement, Plan, Pupil, PupilMerge, School
from schools.services.import_records import in_batches, in_json

CHANGED = "It was changed since."
LATER = "A later import changed it too."
MERGED = "The record was merged with another."
LEFT = "What belonged to the school has since moved to another."
PLACED = "The pupil now has another placement or plan."


@dataclass
class UndoPlan:
    """The rows of an import that are not undone yet: those that can be, and why the rest cannot."""

    undoable: list[ImportedRow] = field(default_factory=list)
    held: list[tuple[ImportedRow, str]] = field(default_factory=list)

    @property
    def pupils(self) -> set[UUID]:
        return {row.pupil for row in self.undoable if row.pupil}


def plan_undo(record: ImportRecord) -> UndoPlan:
    """What could be undone now, and the reason for each row that cannot."""
    with transaction.atomic():
        return plan_for(record)


def plan_for(record: ImportRecord) -> UndoPlan:
    """The same within a transaction, which keeps it true until it ends."""
    rows = list(record.rows.filter(undone_at=None))
    reasons = reasons_of(record, rows)
    groups = groups_of(rows)
    held: dict[Any, str] = {}
    for row in rows:
        if (reason := reasons.get(row.pk)) is not None:
            held.setdefault(groups[row.pk], reason)
    plan = UndoPlan()
    for row in rows:
        reason = held.get(groups[row.pk])
        if reason is None:
            plan.undoable.append(row)
        else:
            plan.held.append((row, reasons.get(row.pk) or reason))
    return plan


def groups_of(rows: Iterable[ImportedRow]) -> dict[UUID, Any]:
    """What goes back together, by id of the row."""
    root: dict[Any, Any] = {}

    def top(node: Any) -> Any:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    tied: dict[UUID, Any] = {}
    for row in rows:
        nodes = [node for node in (row.pupil, school_of(row)) if node] or [row.subject]
        tied[row.pk] = nodes[0]
        for node in nodes[1:]:
            root[top(node)] = top(nodes[0])
    return {pk: top(node) for pk, node in tied.items()}


def school_of(row: ImportedRow) -> str | None:
    """The school that a row of the register is about: a school, a link, a carried placement."""
    if row.model == School._meta.label_lower:
        return str(row.subject)
    if row.record.kind != ImportKind.REGISTER:
        return None  # A conversion goes back pupil by pupil and role by role.
    facts = row.before or row.after
    return str(facts["school_id"])


def reasons_of(record: ImportRecord, rows: Sequence[ImportedRow]) -> dict[UUID, str]:
    """By id of the row, the first reason why it cannot be undone."""
    reasons: dict[UUID, str] = {}
    resting = resting_on(record, rows)
    later = set(
        ImportedRow.objects.filter(
            subject__in=record.rows.values("subject"),
            record__made_at__gt=record.made_at,
            undone_at=None,
        ).values_list("subject", flat=True)
    )
    now = facts_now(rows)
    grown = grown_since(rows)
    used = used_schools(record, rows)
    left = schools_left_since(record)
    for row in rows:
        if row.pupil in resting:
            reasons[row.pk] = resting[row.pupil]
        elif row.subject in later:
            reasons[row.pk] = LATER
        elif now.get(row.subject, {}) != row.after:
            reasons[row.pk] = CHANGED
        elif row.subject in grown:
            reasons[row.pk] = PLACED
        elif str(row.before.get("school_id", row.subject)) in left and not row.pupil:
            reasons[row.pk] = LEFT
        elif row.subject in used:
            reasons[row.pk] = used[row.subject]
    return reasons


def resting_on(record: ImportRecord, rows: Iterable[ImportedRow]) -> dict[UUID, str]:
    """What the other apps say about the pupils."""
    own, pupils = set(), set()
    for row in rows:
        own.add(row.subject)
        if row.pupil:
            pupils.add(row.pupil)
    found = merged(pupils)
    for path in settings.IMPORT_RESTS:
        told = {"since": record.made_at, "own": own, "kind": record.kind, "record": record.pk}
        found = import_string(path)(pupils, **told) | found
    return found


def merged(pupils: set[UUID]) -> dict[UUID, str]:
    """A merge keeps both records, even one that was taken back."""
    merges = PupilMerge.objects.filter(Q(kept__in=pupils) | Q(dropped__in=pupils))
    both = {pupil for pair in merges.values_list("kept", "dropped") for pupil in pair}
    return dict.fromkeys(both & pupils, MERGED)


def facts_now(rows: Iterable[ImportedRow]) -> dict[UUID, dict[str, Any]]:
    """The facts that were kept of each row, as they are now, by id."""
    asked: dict[tuple[str, tuple[str, ...]], list[UUID]] = defaultdict(list)
    for row in rows:
        asked[row.model, tuple(sorted(row.after or row.before))].append(row.subject)
    found: dict[UUID, dict[str, Any]] = {}
    for (label, columns), ids in asked.items():
        model = apps.get_model(label)
        for batch in in_batches(ids):
            for facts in model._base_manager.filter(pk__in=batch).values("pk", *columns):
                pk = facts.pop("pk")
                found[pk] = in_json(facts)
    return found


def new_of(rows: Iterable[ImportedRow], model: type[models.Model]) -> set[UUID]:
    label = model._meta.label_lower
    return {row.subject for row in rows if row.model == label and not row.before}


def grown_since(rows: Sequence[ImportedRow]) -> set[UUID]:
    """New pupils who have a placement or plan that the import did not bring."""
    pupils, own = new_of(rows, Pupil), {row.subject for row in rows}
    found: set[UUID] = set()
    for batch in in_batches(list(pupils)):
        for model in (Placement, Plan):
            pairs = model.objects.filter(pupil__in=batch).values_list("pupil", "pk")
            found |= {pupil for pupil, pk in pairs if pk not in own}
    return found


def schools_left_since(record: ImportRecord) -> set[str]:
    """Schools whose pupils were moved on, on the ground of what the register said of them."""
    moves = ImportedRow.objects.filter(
        record__kind=ImportKind.CONVERSION,
        record__made_at__gt=record.made_at,
        undone_at=None,
        model=Placement._meta.label_lower,
    ).exclude(before={})
    return set(moves.values_list("before__school_id", flat=True))


def used_schools(record: ImportRecord, rows: Sequence[ImportedRow]) -> dict[UUID, str]:
    """New schools that something else is about by now."""
    schools, own = new_of(rows, School), {row.subject for row in rows}
    found: dict[UUID, str] = {}
    if not schools:
        return found
    for relation in School._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        if model._meta.app_label == "pghistory" or model._meta.model_name.endswith("event"):
            continue
        pairs = model._base_manager.filter(**{f"{name}__in": schools}).values_list(name, "pk")
        for school, pk in pairs:
            if pk not in own:
                noun = model._meta.verbose_name
                found.setdefault(school, f"There is now a {noun} of this school.")
    return found
