"""The returns and decisions of two records of one child, made one (rules.md S8, S10).

A child is on one list of a collection and has one decision in force there. Of two the one of
the school the child belongs to stands, then the one submitted later; the other is superseded.
"""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from banding.caseload.remembered import BANDS, PLACEMENTS, PLANS
from banding.changes.rules import ANSWER
from banding.choices import AWAY, DecisionState
from banding.exceptional.selectors import agreed_for
from banding.models import (
    BandDecision,
    CaseloadWord,
    ChangeRequest,
    DecisionLevel,
    DetailCorrection,
    ExceptionalRequest,
    Joiner,
    Leaver,
    Mark,
    Return,
    ReturnPupil,
    Transfer,
)
from banding.returns.homes import homes_of
from banding_portal.states import move_all
from schools.models import Pupil, User
from schools.services.merge_parts import MergePart, held


class ReturnsAndDecisions(MergePart):
    COUNTED: ClassVar = {
        ReturnPupil: "Lists of pupils",
        BandDecision: "Band decisions",
        ExceptionalRequest: "Exceptional requests",
        ChangeRequest: "Requests to change a band",
        Joiner: "Reported as joined",
        Leaver: "Reported as left",
        DetailCorrection: "Details to correct",
        Transfer: "Named for another school",
    }

    def lock(self, pupils: Several[UUID]) -> None:
        on = ReturnPupil.everything.filter(pupil__in=pupils).values("pupil_return")
        list(Return.objects.select_for_update(of=("self",)).filter(pk__in=on).order_by("pk"))

    def rows(self, pupils: Several[UUID]) -> Sequence[QuerySet[Any]]:
        decisions = BandDecision.objects.filter(pupil__in=pupils)
        return [
            ReturnPupil.everything.filter(pupil__in=pupils),
            decisions,
            DecisionLevel.objects.filter(decision__in=decisions),
            ExceptionalRequest.objects.of_pupils(pupils),
            ChangeRequest.objects.filter(return_pupil__pupil__in=pupils),
            Joiner.objects.filter(pupil__in=pupils),
            Leaver.objects.filter(pupil__in=pupils),
            DetailCorrection.objects.filter(pupil__in=pupils),
            Transfer.objects.filter(pupil__in=pupils),
            CaseloadWord.objects.filter(pupil__in=pupils),
            Mark.objects.filter(return_pupil__pupil__in=pupils),
        ]

    def join(self, kept: Pupil, dropped: Pupil, *, by: User | None) -> Sequence[str]:
        stays = held([kept.pk, dropped.pk])
        said = []
        for rows in rows_by_collection(kept, dropped).values():
            said += join_rows(rows, kept, stays, by)
        superseded = supersede_earlier([kept, dropped], stays, by)
        BandDecision.objects.filter(pupil=dropped).update(pupil=kept)
        Joiner.objects.filter(pupil=dropped).update(pupil=kept)
        join_waiting(Leaver, kept, dropped)
        join_waiting(DetailCorrection, kept, dropped)
        join_transfers(kept, dropped)
        join_words(kept, dropped)
        return [*said, *superseded, *amounts_of_both(kept)]


def join_waiting(model: type[Leaver | DetailCorrection], kept: Pupil, dropped: Pupil) -> None:
    """What waits under both records of one school waits once."""
    told: Any = model.objects
    waiting = told.waiting().filter(pupil=kept).values("school")
    told.waiting().filter(pupil=dropped, school__in=waiting).delete()
    told.filter(pupil=dropped).update(pupil=kept)


def join_transfers(kept: Pupil, dropped: Pupil) -> None:
    """One school is named for the child in a year: what stands under the kept record stays."""
    named = Transfer.objects.live().filter(pupil=kept).values("year")
    Transfer.objects.live().filter(pupil=dropped, year__in=named).delete()
    Transfer.objects.filter(pupil=dropped).update(pupil=kept)


def join_words(kept: Pupil, dropped: Pupil) -> None:
    """What the caseload said of either it has said of the child: none of it is new next time."""
    words = {word.pupil_id: word for word in CaseloadWord.objects.filter(pupil__in=[kept, dropped])}
    theirs = words.get(dropped.pk)
    if theirs is None:
        return
    word = words.get(kept.pk) or CaseloadWord(pupil=kept, said={}, record=theirs.record)
    for noun in (PLACEMENTS, PLANS, BANDS):
        word.said[noun] = {**theirs.said.get(noun, {}), **word.said.get(noun, {})}
    word.said = {**theirs.said, **word.said}
    word.save()
    theirs.delete()


def rows_by_collection(kept: Pupil, dropped: Pupil) -> dict[UUID, list[ReturnPupil]]:
    rows: dict[UUID, list[ReturnPupil]] = defaultdict(list)
    found = ReturnPupil.everything.filter(pupil__in=[kept, dropped])
    for row in found.select_related("pupil_return__collection", "pupil_return__school"):
        rows[row.pupil_return.collection_id].append(row)
    return rows


def join_rows(rows: list[ReturnPupil], kept: Pupil, held: set[UUID], by: User | None) -> list[str]:
    """The rows of one collection: one a return, and one list that has the child."""
    stays = standing_row(rows, kept, held)
    said = []
    for row in rows:
        if row is stays or row.off_since or row.change in AWAY:
            continue
        if row.pupil_return_id != stays.pupil_return_id:
            take_off(row)
            said.append(f"The return of {where(row)} no longer lists the child.")
    by_return: dict[UUID, list[ReturnPupil]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: each is not stays):
        by_return[row.pupil_return_id].append(row)
    for first, *others in by_return.values():
        for other in others:
            fold_into(first, other, by)
            said.append(f"Both records were on the return of {where(first)}; it lists one now.")
    remaining = [each[0].pk for each in by_return.values()]
    ReturnPupil.everything.filter(pk__in=remaining).exclude(pupil=kept).update(pupil=kept)
    return said


def where(row: ReturnPupil) -> str:
    return f"{row.pupil_return.school} in {row.pupil_return.collection}"


def standing_row(rows: list[ReturnPupil], kept: Pupil, held: set[UUID]) -> ReturnPupil:
    """What is moderated, then at the child's school by now, then with the later decision."""
    collection = rows[0].pupil_return.collection
    asked, today = collection.framework, timezone.localdate()
    homes = homes_of(asked, collection.sectors, collection.reference_date, today, [kept.pk])
    home = homes.get(kept.pk)

    def rank(row: ReturnPupil) -> tuple[bool, bool, bool, bool, str, bool]:
        decided = row.decisions.filter(state=DecisionState.SUBMITTED).order_by("-submitted_at")
        is_held = any(each.pk in held for each in decided)
        at = next((str(each.submitted_at) for each in decided), "")
        is_home = home is not None and row.pupil_return.school_id == home.school
        is_there = row.change not in AWAY
        return (not row.off_since, is_held, is_there, is_home, at, row.pupil_id == kept.pk)

    return max(rows, key=rank)


def take_off(row: ReturnPupil) -> None:
    row.off_since = timezone.now()
    row.save(update_fields=["off_since"])


def fold_into(stays: ReturnPupil, goes: ReturnPupil, by: User | None) -> None:
    """One return listed the child twice: decisions and requests pass to the row that stays."""
    for state in (DecisionState.SUBMITTED, DecisionState.DRAFT):
        theirs = goes.decisions.filter(state=state)
        if stays.decisions.filter(state=state).exists():
            if state == DecisionState.SUBMITTED:
                move_all(theirs, DecisionState.SUPERSEDED, by=by)
            else:
                theirs.delete()
    goes.decisions.update(return_pupil=stays)
    goes.marks.update(return_pupil=stays)
    waiting = stays.exceptional_requests.filter(answered_at=None).exists()
    requests = goes.exceptional_requests.all()
    if waiting:
        requests.filter(answered_at=None).delete()
    requests.update(return_pupil=stays)
    changes = goes.change_requests.all()
    if stays.change_requests.waiting().exists():
        goes.change_requests.waiting().delete()
    changes.update(return_pupil=stays)
    if not stays.change and goes.change:
        told = [*ANSWER, "is_refused"]
        for name in told:
            setattr(stays, name, getattr(goes, name))
        stays.save(update_fields=told)
    goes.delete()


def amounts_of_both(kept: Pupil) -> list[str]:
    """Two exceptional amounts of one child both pay until an officer ends one (B11)."""
    amounts = list(agreed_for(kept.pk).reverse())
    return [
        "Both records have an exceptional amount for the same days: end one."
        for first, second in pairwise(amounts)
        if second.starts_on and (first.ends_on is None or first.ends_on >= second.starts_on)
    ]


def supersede_earlier(both: list[Pupil], held: set[UUID], by: User | None) -> list[str]:
    """Of several decisions in force in a collection one stays so: what is moderated, then what is
    on the standing list, then the latest. An outcome goes with the decision it is about.
    """
    found = BandDecision.objects.in_force().filter(pupil__in=both, moderates=None)
    on_list = Q(return_pupil__off_since=None, return_pupil__isnull=False)
    listed = set(found.filter(on_list).values_list("pk", flat=True))
    in_force: dict[object, list[BandDecision]] = defaultdict(list)
    for decision in found.exclude(collection=None).order_by("submitted_at"):
        in_force[(decision.framework_id, decision.collection_id)].append(decision)
    said = []
    for decisions in in_force.values():
        *others, _ = sorted(decisions, key=lambda each: (each.pk in held, each.pk in listed))
        outcomes = BandDecision.objects.in_force().filter(moderates__in=others)
        move_all([*others, *outcomes], DecisionState.SUPERSEDED, by=by)
        said += [f"The other decision, {each.band}, is superseded." for each in others]
    return said
