"""What has to be done about each kind of record where two of a child are merged (rules.md S8).

The setting PUPIL_MERGERS names the parts of other apps; this app's own comes first.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.serializers import serialize
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from schools.choices import KNOWN_BY
from schools.joining import Joined, Period, joined
from schools.models import (
    Correction,
    FormerFact,
    Placement,
    Plan,
    Pupil,
    PupilAnswer,
    PupilMerge,
    User,
)

Snapshot = dict[str, list[dict[str, Any]]]


class MergePart:
    """One app's part in a merge; a subclass says what it has to."""

    COUNTED: ClassVar[Mapping[type[Model], str]] = {}
    """The models of `rows` whose number a page tells, and what it calls them."""

    def lock(self, pupils: Collection[UUID]) -> None:
        """Lock what is locked before pupils are."""

    def refusals(self, kept: Pupil, dropped: Pupil) -> Sequence[str]:
        """Why these two cannot be merged now, with what to do."""
        return ()

    def rows(self, pupils: Collection[UUID]) -> Sequence[QuerySet[Any]]:
        """Every row a merge of these pupils may change, so that it can be taken back."""
        return ()

    def join(self, kept: Pupil, dropped: Pupil, *, by: User | None) -> Sequence[str]:
        """Give the standing record what the other has; says in sentences what was done."""
        return ()

    def holds(self, pupils: Collection[UUID]) -> set[UUID]:
        """Decisions that have to stay in force, whichever record they are of."""
        return set()

    def rests_on(self, merge: PupilMerge) -> Sequence[str]:
        """Why it cannot be taken back, beside changes of `rows`."""
        return ()


class PlacementsAndPlans(MergePart):
    """The app's own records of a pupil."""

    def rows(self, pupils: Collection[UUID]) -> Sequence[QuerySet[Any]]:
        return [
            Pupil.everything.filter(pk__in=pupils)
            | Pupil.everything.filter(merged_into__in=pupils),
            Placement.objects.filter(pupil__in=pupils),
            Plan.objects.filter(pupil__in=pupils),
            FormerFact.objects.filter(pupil__in=pupils),
            Correction.objects.filter(pupil__in=pupils),
            PupilAnswer.objects.about(*pupils),
        ]

    def join(self, kept: Pupil, dropped: Pupil, *, by: User | None) -> Sequence[str]:
        said = [
            *join_periods(Placement, "school_id", kept, dropped),
            *join_periods(Plan, "plan_type", kept, dropped),
        ]
        # Who answered for the child on which day is the standing record's to say.
        FormerFact.objects.filter(pupil=dropped, kind__in=KNOWN_BY).update(pupil=kept)
        Correction.objects.filter(pupil=dropped).update(pupil=kept)
        return [*said, *at_once(kept)]


def join_periods(
    model: type[Placement] | type[Plan], what: str, kept: Pupil, dropped: Pupil
) -> list[str]:
    """Move the other record's placements or plans, those that overlap or touch as one each."""
    rows = {row.pk: row for row in model._base_manager.filter(pupil__in=[kept, dropped])}
    periods = [
        Period(row.pk, getattr(row, what), row.start, row.end, row.pupil_id == kept.pk)
        for row in rows.values()
    ]
    found = joined(periods)
    for each in found:
        model._base_manager.filter(pk__in=each.absorbed).delete()
        model._base_manager.filter(pk=each.key).update(start=each.start, end=each.end)
    moved = model._base_manager.filter(pupil=dropped).update(pupil=kept)
    return sentences_about(model._meta.verbose_name or "", moved, found)


def at_once(pupil: Pupil) -> list[str]:
    """Sentences where today the child is at two schools, or on two kinds of plan."""
    today = timezone.localdate()
    schools = Placement.objects.on(today).filter(pupil=pupil).order_by("start", "school__name")
    places = list(dict.fromkeys(schools.values_list("school__name", flat=True)))
    kinds = sorted(set(Plan.objects.on(today).filter(pupil=pupil).values_list("plan_type")))
    said = []
    if len(places) > 1:
        said.append(
            f"The child is then placed at {len(places)} schools today: {' and '.join(places)}. "
            "Afterwards, end the placement that is over or remove the one that is wrong."
        )
    if len(kinds) > 1:
        said.append(
            "The child then has an EHCP and SEN Support today. Afterwards, end the plan that is "
            "over. While both are open, the EHCP counts."
        )
    return said


def sentences_about(noun: Any, moved: int, found: Sequence[Joined]) -> list[str]:
    said = []
    if moved:
        said.append(f"{moved} {noun}{'' if moved == 1 else 's'} of the other record moved over.")
    if found:
        number = len(found)
        words = f"{number} {noun} that both records had is" if number == 1 else (
            f"{number} {noun}s that both records had are"
        )  # fmt: skip
        said.append(f"{words} one now.")
    return said


def parts() -> list[MergePart]:
    return [PlacementsAndPlans(), *(import_string(path)() for path in settings.PUPIL_MERGERS)]


def belongings(one: Pupil, other: Pupil) -> list[tuple[str, int, int]]:
    """How many rows of each kind hang on either pupil: “Band decisions”, 2, 1."""
    found = []
    for part in parts():
        for mine, theirs in zip(part.rows([one.pk]), part.rows([other.pk]), strict=True):
            if words := part.COUNTED.get(mine.model):
                found.append((words, mine.count(), theirs.count()))
    return [each for each in found if any(each[1:])]


def held(pupils: Collection[UUID]) -> set[UUID]:
    """Decisions that some part wants to stay in force."""
    return {each for part in parts() for each in part.holds(pupils)}


def snapshot(pupils: Collection[UUID]) -> Snapshot:
    """Every row a merge may change, by the label of its model, as JSON keeps it."""
    taken: Snapshot = {}
    for rows in chain.from_iterable(part.rows(pupils) for part in parts()):
        found = serialize("python", rows.distinct().order_by("pk"))
        taken.setdefault(rows.model._meta.label, []).extend(found)
    return taken
