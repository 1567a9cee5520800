"""Who may decide a case in a panel, what waits for one, and when an outcome is challenged (M5)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from banding_portal.roles import PANEL_MEMBERS
from moderation.choices import CaseState, PanelCaseState
from moderation.models import Case, Judgement, Outcome, Proposal
from moderation.panels.models import Panel, PanelCase
from moderation.panels.rules import challenge_until, published_on
from moderation.selectors.conflicts import conflicts_of
from schools.models import User

JUDGED = "judged this case"
SETTLED = "settled this case"
STILL_JUDGES = "still has cases of this sample to judge"
Words = dict[UUID, str]
"""Person to why they take no part, as it is said of somebody else."""


def bars_in_panel(cases: Iterable[UUID]) -> dict[UUID, Words]:
    """Case to who takes no part in its decision: a conflict of interest, who judged, proposed or
    settled it, and who has cases of the sample left to judge, for the panel shows bands (M4).
    """
    wanted = list(cases)
    bars: dict[UUID, Words] = defaultdict(dict)
    for case, judges in still_judging_in(wanted).items():
        bars[case] |= dict.fromkeys(judges, STILL_JUDGES)
    for case, found in conflicts_of(wanted).items():
        bars[case] |= {person: bar.of_another for person, bar in found.items()}
    settled = Outcome.objects.filter(case__in=wanted).values_list(
        "case", "recorded_by", "agreed_by"
    )
    proposed = Proposal.objects.filter(case__in=wanted).values_list("case", "made_by")
    for case, *people in [*settled, *proposed]:
        bars[case] |= {person: SETTLED for person in people if person}
    judged = Judgement.objects.filter(case__in=wanted).values_list("case", "moderator")
    for case, person in judged:
        bars[case][person] = JUDGED
    for case, *deciders in who_decided(wanted):
        for decider in deciders:
            if decider:
                bars[case].pop(decider, None)
    return bars


def who_decided(cases: list[UUID]) -> Iterable[tuple[UUID, UUID | None, UUID | None]]:
    """Case with who recorded a panel's decision and each who took part: they settled it there."""
    decided = PanelCase.objects.filter(case__in=cases, state=PanelCaseState.DECIDED)
    return decided.values_list("case", "decided_by", "took_part")


def still_judging_in(cases: list[UUID]) -> dict[UUID, set[UUID]]:
    """Case to everybody who has a judgement open in its sample."""
    samples = dict(Case.objects.filter(pk__in=cases).values_list("pk", "sample"))
    open_cases = Case.objects.filter(
        sample__in=set(samples.values()), state=CaseState.ASSIGNED
    ).values_list("pk", "sample", "moderator", "second_moderator")
    locked = set(
        Judgement.objects.filter(
            case__sample__in=set(samples.values()), case__state=CaseState.ASSIGNED
        )
        .exclude(locked_at=None)
        .values_list("case", "moderator")
    )
    judging: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, sample, *people in open_cases:
        judging[sample] |= {one for one in people if one and (pk, one) not in locked}
    return {case: judging[sample] for case, sample in samples.items()}


def judges_still(person: User) -> bool:
    """Whether the person has any judgement to make: minutes may tell the band of any case."""
    return Case.objects.to_judge(person).exists()


def bar_in_panel(case: UUID, person: User) -> str:
    return bars_in_panel([case])[case].get(person.pk, "")


def panel_people() -> QuerySet[User]:
    """Who can be asked to sit on a panel."""
    return User.objects.holding(PANEL_MEMBERS).order_by("name")


@dataclass(frozen=True)
class Seat:
    """A member, and why they take no part in a case; empty where they do."""

    person: User
    bar: str


def seats_of(panel: Panel, case: UUID, bars: Words) -> list[Seat]:
    seats = panel.seats.select_related("person")
    return [Seat(one.person, bars.get(one.person_id, "")) for one in seats]


def eligible(item: PanelCase) -> list[User]:
    """The members who may take part in the decision."""
    if item.panel is None:
        return []
    seats = seats_of(item.panel, item.case_id, bars_in_panel([item.case_id])[item.case_id])
    return [seat.person for seat in seats if not seat.bar]


RELATED = (
    "case__decision__pupil",
    "case__decision__school",
    "case__decision__band",
    "case__decision__framework",
    "case__decision__collection",
    "panel",
    "put_by",
    "before_band",
    "band",
    "decided_by",
)


def waiting_for_panel() -> QuerySet[PanelCase]:
    return PanelCase.objects.filter(state=PanelCaseState.WAITING).select_related(*RELATED)


def panel_case_of(case: UUID) -> PanelCase | None:
    """What a case waits for in a panel."""
    return PanelCase.objects.open().filter(case=case).select_related("panel").first()


def panel_decided(case: UUID) -> bool:
    """Whether a panel has decided it, which is final for the collection."""
    decided = PanelCase.objects.filter(case=case, state=PanelCaseState.DECIDED)
    return decided.exists()


def publication_of(outcome: Outcome) -> dt.date:
    """The day from which the school sees it."""
    collection: Any = outcome.case.decision.collection
    recorded = timezone.localdate(outcome.recorded_at)
    return published_on(recorded, collection.feedback_on if collection else None)


def last_day_to_challenge(outcome: Outcome) -> dt.date:
    return challenge_until(publication_of(outcome))
