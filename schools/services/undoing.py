"""Taking an import back while nothing rests on it (rules.md S12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from banding_portal.jobs.locks import one_at_a_time
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import counted
from schools.actions.imports import import_actions
from schools.choices import ImportKind
from schools.models import (
    FormerFact,
    FormerSector,
    ImportedRow,
    ImportRecord,
    Placement,
    Plan,
    Pupil,
    School,
    User,
)
from schools.services.following import hold_places, tell_followers
from schools.services.history import always_true
from schools.services.import_records import LOCKS, in_batches
from schools.services.undo_plans import UndoPlan, plan_for

BATCH = 2_000
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@verb
def undo_import(*, record: ImportRecord, leave_the_rest: bool = False, by: User) -> UndoPlan:
    """Put everything back as it was before an import; open returns follow.

    Returns what was undone and what not. Raises RefusalError where something rests on it, unless
    the person chose to leave that as it is, and where nothing can be undone at all.
    """
    # An import holds its own lock first and then the places; so does this.
    one_at_a_time(LOCKS[ImportKind(record.kind)])
    hold_places()
    found = ImportRecord.objects.select_for_update().get(pk=record.pk)
    import_actions(found, by).require("undo")
    plan = plan_for(found)
    if not plan.undoable:
        raise RefusalError("None of it can be undone any more.")
    if plan.held and not leave_the_rest:
        raise RefusalError(
            f"{counted(len(plan.held), 'change')} can no longer be undone. Say that they are "
            "to stay, or leave everything as it is.",
            field="leave_the_rest",
        )
    put_back(found, plan, by)
    now = timezone.now()
    ids = [row.pk for row in plan.undoable]
    for batch in in_batches(ids):
        ImportedRow.objects.filter(pk__in=batch).update(undone_at=now)
    found.undone_by, found.undone_at = by, now
    found.save(update_fields=["undone_by", "undone_at"])
    return plan


def put_back(record: ImportRecord, plan: UndoPlan, by: User) -> None:
    """Placements and plans first, so that the returns have let go of a pupil who goes."""
    places = {Placement._meta.label_lower, Plan._meta.label_lower}
    backwards = plan.undoable[::-1]
    moving = [row for row in backwards if row.model in places]
    others = [row for row in backwards if row.model not in places]
    with always_true():
        delete_new(moving)
        restore([row for row in others if row.before], record)
        restore([row for row in moving if row.before], record)
        pupils = plan.pupils
        tell_followers(pupils, by=by)
        for path in settings.IMPORT_UNDOERS:
            gone = {row.subject for row in others if not row.before}
            import_string(path)(record=record.pk, pupils=pupils, gone=gone, by=by)
        delete_new(others)


def delete_new(rows: Iterable[ImportedRow]) -> None:
    """What the import added goes, in the opposite order."""
    for model, batch in by_model(row for row in rows if not row.before):
        model._base_manager.filter(pk__in=[row.subject for row in batch]).delete()


def restore(rows: Sequence[ImportedRow], record: ImportRecord) -> None:
    """What the import changed or removed is again as it was."""
    for model, batch in by_model(rows):
        removed = [row for row in batch if not row.after]
        model._base_manager.bulk_create([as_before(model, row) for row in removed])
        changed = [row for row in batch if row.after]
        if not changed:
            continue
        if model is Pupil:  # They may have swapped their UPNs.
            Pupil.objects.filter(pk__in=[row.subject for row in changed]).update(upn=None)
        columns = [model._meta.get_field(name).name for name in changed[0].before]
        model._base_manager.bulk_update([as_before(model, row) for row in changed], columns)
        forget_former(model, changed, record)


def as_before(model: type[models.Model], row: ImportedRow) -> models.Model:
    found = model(pk=row.subject)
    for name, value in row.before.items():
        field_of = model._meta.get_field(name)
        setattr(found, field_of.attname, field_of.to_python(value))  # type: ignore[union-attr]
    return found


def forget_former(
    model: type[models.Model], rows: Sequence[ImportedRow], record: ImportRecord
) -> None:
    """What is so again was never former (S11)."""
    former: Any = FormerFact if model is Pupil else FormerSector if model is School else None
    if former is None:
        return
    owner = "pupil" if model is Pupil else "school"
    eve = timezone.localdate(record.made_at) - DAY
    made = {"until": eve, "recorded_at__range": (record.made_at - HOUR, record.made_at)}
    former.objects.filter(**{f"{owner}__in": [row.subject for row in rows]}, **made).delete()


def by_model(
    rows: Iterable[ImportedRow],
) -> Iterator[tuple[type[models.Model], list[ImportedRow]]]:
    """Rows of one model and the same columns together, in their order, in batches."""
    found: dict[Any, list[ImportedRow]] = defaultdict(list)
    for row in rows:
        found[row.model, tuple(row.before), bool(row.after)].append(row)
    for (label, _, _), several in found.items():
        for batch in in_batches(several):
            yield apps.get_model(label), list(batch)
