"""What somebody may know of a case before its judgements are locked (M4).

A BlindCase is filled from the columns named here and from no others: the school's band, its
levels, its reasons, the pupil's name and the school are never read for it.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from banding.evidence.rules import in_words
from banding.models import Framework
from moderation.choices import WAITING_FOR_FIRST, WAITING_FOR_SECOND, CaseState
from moderation.models import Case, Judgement
from schools.choices import PlanType, PrimaryNeed
from schools.models import Pupil, User
from schools.register_rules import year_group_name

COLUMNS = (
    "pk",
    "sample_id",
    "reference",
    "state",
    "kind",
    "moderator_id",
    "second_moderator_id",
    "decision__framework_id",
    "decision__collection__name",
    "decision__collection__reference_date",
    "decision__return_pupil__plan_type",
    "decision__pupil__date_of_birth",
    "decision__pupil__recorded_year_group",
    "decision__pupil__recorded_for",
    "decision__pupil__primary_need",
    "decision__evidence",
    "decision__framework__evidence",
)


@dataclass(frozen=True)
class BlindCase:
    """A case without anything that tells the school's band."""

    pk: UUID
    sample_id: UUID
    reference: str
    state: str
    kind: str
    moderator_id: UUID | None
    second_moderator_id: UUID | None
    framework_id: UUID
    collection: str
    year_group: int
    primary_need: str
    plan_type: str
    evidence: tuple[tuple[str, str], ...] = ()
    """Of the provision in place, with an application (B13): label and value."""
    waiting: str = ""
    """In place of the state for a person who has locked theirs; see `seen_by`."""

    @property
    def judge_ids(self) -> list[UUID]:
        return [pk for pk in (self.moderator_id, self.second_moderator_id) if pk]

    @property
    def state_label(self) -> str:
        return self.waiting or str(CaseState(self.state).label)

    @property
    def state_colour(self) -> str:
        return "light-blue" if self.waiting else Case.COLOURS.get(self.state, "grey")

    @property
    def year_label(self) -> str:
        return year_group_name(self.year_group)

    @property
    def need_label(self) -> str:
        return str(PrimaryNeed(self.primary_need).label) if self.primary_need else "Not recorded"

    @property
    def plan_label(self) -> str:
        return str(PlanType(self.plan_type).label) if self.plan_type else "Not recorded"

    @property
    def facts(self) -> str:
        """Year 4 · ASD · EHCP"""
        return " · ".join(filter(None, (self.year_label, self.primary_need, self.plan_label)))


def blind_cases(cases: QuerySet[Case]) -> list[BlindCase]:
    """These cases as somebody may see them before judging, in the order given; one query."""
    return [blind_case(row) for row in cases.values(*COLUMNS)]


class BlindRows:
    """A queryset of cases that a paginator slices into blind ones."""

    def __init__(self, cases: QuerySet[Case]) -> None:
        self.cases = cases

    def order_by(self, *fields: Any) -> "BlindRows":
        return BlindRows(self.cases.order_by(*fields))

    def count(self) -> int:
        return self.cases.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[BlindCase]:
        return blind_cases(self.cases[part])


def seen_by(user: User, cases: list[BlindCase]) -> list[BlindCase]:
    """With words for those that wait for the other moderator, not for the person; one query."""
    mine = Judgement.objects.filter(moderator=user).exclude(locked_at=None)
    locked = set(mine.filter(case__in=[one.pk for one in cases]).values_list("case", flat=True))
    return [
        replace(one, waiting=waiting_words(one, user))
        if one.pk in locked and one.state == CaseState.ASSIGNED
        else one
        for one in cases
    ]


def waiting_words(case: BlindCase, user: User) -> str:
    return WAITING_FOR_SECOND if case.moderator_id == user.pk else WAITING_FOR_FIRST


def blind_case(row: dict[str, Any]) -> BlindCase:
    pupil = Pupil(
        date_of_birth=row["decision__pupil__date_of_birth"],
        recorded_year_group=row["decision__pupil__recorded_year_group"],
        recorded_for=row["decision__pupil__recorded_for"],
    )
    return BlindCase(
        pk=row["pk"],
        sample_id=row["sample_id"],
        reference=row["reference"],
        state=row["state"],
        kind=row["kind"],
        moderator_id=row["moderator_id"],
        second_moderator_id=row["second_moderator_id"],
        framework_id=row["decision__framework_id"],
        collection=row["decision__collection__name"],
        year_group=pupil.year_group_on(row["decision__collection__reference_date"]),
        primary_need=row["decision__pupil__primary_need"],
        plan_type=row["decision__return_pupil__plan_type"] or "",
        evidence=tuple(in_words(row["decision__framework__evidence"], row["decision__evidence"])),
    )


def plan_reference(case: BlindCase) -> str:
    """The authority's reference of the pupil, for who judges: the plan is filed under it.

    It leads to the plan in the authority's own records and to nothing in the portal.
    """
    found = Case.objects.filter(pk=case.pk).values_list("decision__pupil__reference", flat=True)
    return found.get()


def framework_with_levels(pk: UUID) -> Framework:
    """The framework with its bands, areas and levels, four queries."""
    return Framework.objects.prefetch_related("bands", "areas__levels").get(pk=pk)
