"""Answering whether two pupils are the same child (rules.md S8)."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.actions.pupils import actions_on_pairs
from schools.choices import SameChild
from schools.models import Pupil, PupilAnswer, User
from schools.selectors.matches import PupilMatch


@verb
def answer_pair(
    *, one: Pupil, other: Pupil, answer: str, reason: str = "", by: User
) -> PupilAnswer:
    """Keep a person's answer about two pupils, in either order; it replaces an earlier one.

    A pair answered SameChild.ANOTHER is found by no matcher any more. SameChild.SAME merges
    nothing by itself. Raises RefusalError where both are one pupil, where one is gone, or where
    the person does not maintain pupils.
    """
    actions_on_pairs(by).require("answer")
    if answer not in SameChild.values:
        raise RefusalError("Choose whether it is the same child", field="answer")
    first, second = locked_pair(one.pk, other.pk)
    found, _ = PupilAnswer.objects.update_or_create(
        one=first,
        other=second,
        defaults={
            "answer": answer,
            "reason": reason.strip(),
            "answered_by": by,
            "answered_at": timezone.now(),
        },
    )
    return found


@verb
def tell_apart(*, pupil: Pupil, others: Iterable[Pupil], reason: str = "", by: User) -> None:
    """Keep that a pupil is another child than each of the others."""
    for other in others:
        answer_pair(one=pupil, other=other, answer=SameChild.ANOTHER, reason=reason, by=by)


def refuse_unanswered(matches: Iterable[PupilMatch], apart_from: Collection[UUID]) -> None:
    """Raises RefusalError for each pupil a new one matches of whom nobody said it is another."""
    asked = [each for each in matches if each.pupil.pk not in apart_from]
    if asked:
        raise RefusalError(*(f"{each.pupil} may be the same child: {each.match}" for each in asked))


def locked_pair(one: UUID, other: UUID) -> tuple[Pupil, Pupil]:
    """Both pupils, the one with the lower id first, while nobody else merges or answers them."""
    if one == other:
        raise RefusalError("These are one and the same pupil already")
    rows = Pupil.objects.filter(pk__in=(one, other)).order_by("pk").select_for_update(no_key=True)
    found = list(rows)
    if len(found) < 2:
        raise RefusalError("One of the two pupils is not there any more")
    return found[0], found[1]
