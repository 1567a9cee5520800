"""Merging two records of one child, and taking that back (rules.md S8).

The other record stays as a row that nobody finds; its published lines stay as they are, and
the next run counts them as the child's (F8).
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.serializers import deserialize
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.actions.merges import merge_actions
from schools.actions.pupils import actions_on_pairs
from schools.choices import KNOWN_BY, Fact, SameChild
from schools.joining import DAY
from schools.models import FormerFact, Pupil, PupilMerge, User
from schools.models.merges import ToTheMicrosecond
from schools.services.answers import answer_pair, locked_pair
from schools.services.following import hold_places, tell_followers
from schools.services.history import always_true
from schools.services.merge_parts import Snapshot, parts, snapshot

FIELDS = {Fact.NAME: ("surname", "forename")}
"""The fields of a fact whose name is not its field's."""


@verb
def merge_pupils(
    *, kept: Pupil, dropped: Pupil, take: Collection[str] = (), reason: str, by: User
) -> PupilMerge:
    """Make two records of one child one: everything of `dropped` becomes that of `kept`.

    `take` names the facts (schools.choices.Fact) that are right in the dropped record; what was
    recorded otherwise stays findable as a former fact. Raises RefusalError where they are one
    already or something of both cannot be joined, with what to do.
    """
    actions_on_pairs(by).require("merge")
    if not reason.strip():
        raise RefusalError("Say how you know that it is the same child", field="reason")
    both = lock(kept, dropped)
    kept, dropped = both[kept.pk], both[dropped.pk]
    if problems := [each for part in parts() for each in part.refusals(kept, dropped)]:
        raise RefusalError(*problems)
    merge = PupilMerge(kept=kept, dropped=dropped, reason=reason.strip(), made_by=by)
    merge.dropped_words = in_words(dropped)
    merge.before = snapshot(both)
    answer_pair(one=kept, other=dropped, answer=SameChild.SAME, reason=reason, by=by)
    merge.said = [each for part in parts() for each in part.join(kept, dropped, by=by)]
    put_aside(dropped, kept, take)
    tell_followers([kept.pk], by=by)
    merge.after = snapshot(both)
    merge.save()
    return merge


@verb
def undo_merge(*, merge: PupilMerge, by: User) -> PupilMerge:
    """Make them two records again, as they were. Raises RefusalError with what rests on it."""
    lock(merge.kept, merge.dropped, standing=False)
    found = PupilMerge.objects.select_for_update().get(pk=merge.pk)
    merge_actions(found, by).require("undo")
    if problems := changed_since(found):
        raise RefusalError(*problems)
    restore(found)
    found.undone_by, found.undone_at = by, timezone.now()
    found.save(update_fields=["undone_by", "undone_at"])
    tell_followers([found.kept_id, found.dropped_id], by=by)
    return found


def lock(one: Pupil, other: Pupil, *, standing: bool = True) -> dict[UUID, Pupil]:
    """Places first, then what the parts lock, then both pupils in one order."""
    hold_places()
    for part in parts():
        part.lock([one.pk, other.pk])
    if standing:
        found: Any = locked_pair(one.pk, other.pk)
    else:
        pupils = Pupil.everything.filter(pk__in=(one.pk, other.pk)).order_by("pk")
        found = pupils.select_for_update(no_key=True)
    return {pupil.pk: pupil for pupil in found}


def put_aside(dropped: Pupil, kept: Pupil, take: Collection[str]) -> None:
    """Give the standing record the facts taken, and the other nothing that anybody finds."""
    facts = {kind: (fact_of(kept, kind), fact_of(dropped, kind)) for kind in Fact}
    taken = {kind for kind in take if fact_of(dropped, kind)}
    with always_true():
        if Fact.REFERENCE in taken:
            kept.reference, dropped.reference = dropped.reference, kept.reference
            free_reference(kept)
        number, dropped.upn = dropped.upn, None
        dropped.merged_into = kept
        dropped.save()
        Pupil.everything.filter(merged_into=dropped).update(merged_into=kept)
        if Fact.UPN in taken:
            kept.upn = number
        for kind in taken - {Fact.UPN, Fact.REFERENCE}:
            for name in FIELDS.get(Fact(kind), (kind,)):
                setattr(kept, name, getattr(dropped, name))
        kept.save()
    keep_findable(kept, facts)


def free_reference(pupil: Pupil) -> None:
    """References are unique at every moment: for this one the place between two is its id."""
    Pupil.everything.filter(pk=pupil.pk).update(reference=pupil.pk.hex)


def keep_findable(kept: Pupil, facts: dict[Fact, tuple[str, str]]) -> None:
    """What either record was known by stays a former fact of the one that stands."""
    eve = timezone.localdate() - DAY
    former = [
        FormerFact(pupil=kept, kind=kind, value=value, until=eve)
        for kind in sorted(KNOWN_BY)
        for value in set(facts[Fact(kind)]) - {fact_of(kept, kind), ""}
        if not FormerFact.objects.filter(pupil=kept, kind=kind, value=value).exists()
    ]
    FormerFact.objects.bulk_create(former)


def fact_of(pupil: Pupil, kind: str) -> str:
    """A fact as its history keeps it; empty where it is not known."""
    names = FIELDS.get(Fact(kind), (kind,))
    return ", ".join(str(getattr(pupil, name) or "") for name in names).strip(", ")


def in_words(pupil: Pupil) -> str:
    """“Amira Khan, reference 10442, UPN A123…”"""
    number = f", UPN {pupil.upn}" if pupil.upn else ", no UPN"
    return f"{pupil}, reference {pupil.reference}{number}"


def changed_since(merge: PupilMerge) -> list[str]:
    """Sentences on what rests on it: rows that are others by now, and what the parts say."""
    now = as_kept(snapshot([merge.kept_id, merge.dropped_id]))
    said = []
    for label, rows in merge.after.items():
        if now.get(label) != rows:
            noun = apps.get_model(label)._meta.verbose_name
            said.append(f"A {noun} of this pupil has been added, changed or removed since.")
    return [*said, *(each for part in parts() for each in part.rests_on(merge))]


def as_kept(taken: Snapshot) -> Snapshot:
    """As it reads back from the database."""
    return json.loads(json.dumps(taken, cls=ToTheMicrosecond))


def restore(merge: PupilMerge) -> None:
    """Write every row as it was: the dropped record's first, so that no number meets its twin."""
    dropped = str(merge.dropped_id)
    with always_true():
        for label, rows in merge.before.items():
            model, kept = apps.get_model(label), {row["pk"] for row in rows}
            made = [row["pk"] for row in merge.after[label] if row["pk"] not in kept]
            model._base_manager.filter(pk__in=made).delete()
        free_reference(merge.kept)
        Pupil.everything.filter(pk=merge.kept_id).update(upn=None)
        for rows in merge.before.values():
            theirs_first = sorted(rows, key=lambda row: whose(row) != dropped)
            for row in deserialize("python", theirs_first):
                row.save()


def whose(row: dict[str, Any]) -> str:
    return str(row["fields"].get("pupil", row["pk"]))
