"""Giving cases to moderators: spread evenly, second judges for a share, by hand (M4)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from banding_portal.refusals import RefusalError
from banding_portal.states import move_all
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.actions.samples import sample_actions
from moderation.capacity.selectors import capacities_for
from moderation.choices import CaseState
from moderation.models import Case, Judgement, Sample
from moderation.sampling import sample_hash
from moderation.selectors.conflicts import bar_to_judging, bars_to_judging
from moderation.selectors.moderators import (
    moderators,
    moderators_by_quadrant,
    open_cases_of_each,
)
from moderation.selectors.sight import has_locked
from moderation.services.telling import tell_moderators
from moderation.spreading import Wanted, spread_evenly
from schools.models import User

SECOND_SHARE = Decimal("0.10")


@dataclass(frozen=True)
class Spread:
    """What an automatic assignment did."""

    first: int
    second: int
    left: int
    """Cases nobody may judge: no moderator in the quadrant, or only people with a conflict or
    without capacity.
    """


@verb
def assign_cases(
    *, sample: Sample, by: User, share: Decimal = SECOND_SHARE, across: Decimal = Decimal(0)
) -> Spread:
    """Give every unassigned case a moderator of its quadrant, and a share of all a second one,
    evenly by what each can take on. Of the second ones the share `across` is of another quadrant,
    which tells whether quadrants judge alike.

    What somebody who moderates no more has still to judge is given to others too.

    Which cases are judged twice follows from the sample's seed: doing it again changes nothing.
    """
    sample_actions(sample, by).require("assign")
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .filter(sample=sample)
        .select_related("decision__school")
        .order_by("reference")
    )
    release_departed(cases, by)
    eligible, others = eligible_judges(cases)
    load, capacity = open_cases_of_each(), capacities_for(sample)
    waiting = [case for case in cases if case.state == CaseState.UNASSIGNED]
    first = spread_evenly(
        [Wanted(c.pk, frozenset(eligible[c.pk])) for c in waiting], load, capacity
    )
    told: dict[UUID, list[Case]] = defaultdict(list)
    for person, given in cases_by_person(cases, first).items():
        told[person] += given
        move_all(given, CaseState.ASSIGNED, by=by, moderator_id=person)
        load[person] += len(given)
    twice = judged_twice(cases, sample.seed, share)
    far = {case.pk for case in twice[: rounded(across * len(twice))]}
    wanted = [
        Wanted(c.pk, frozenset((others if c.pk in far else eligible)[c.pk] - {c.moderator_id}))
        for c in twice
        if wants_second(c)
    ]
    second = spread_evenly(wanted, load, capacity)
    for person, given in cases_by_person(cases, second).items():
        told[person] += given
        Case.objects.filter(pk__in=[case.pk for case in given]).update(second_moderator=person)
    tell_moderators(told)
    return Spread(len(first), len(second), len(waiting) - len(first))


def release_departed(cases: list[Case], by: User) -> None:
    """Take from people who moderate no more what they have still to judge."""
    here = {person.pk for person in moderators()}
    for case in cases:
        gone = [pk for pk in case.judge_ids if pk not in here]
        for person in User.objects.filter(pk__in=gone) if gone else ():
            if case.state == CaseState.ASSIGNED and not has_locked(case, person):
                take_off(case, person, by=by)


def cases_by_person(cases: list[Case], given: dict[UUID, UUID]) -> dict[UUID, list[Case]]:
    """One update a person is far quicker than one a case."""
    found: dict[UUID, list[Case]] = defaultdict(list)
    for case in cases:
        if case.pk in given:
            found[given[case.pk]].append(case)
    return found


Eligible = dict[UUID, set[UUID]]


def eligible_judges(cases: list[Case]) -> tuple[Eligible, Eligible]:
    """Case to the moderators of its quadrant who are not barred from judging it, and to those of
    other quadrants alone.
    """
    near = moderators_by_quadrant()
    everybody = set().union(*near.values())
    bars = bars_to_judging(case.pk for case in cases)
    here, elsewhere = {}, {}
    for case in cases:
        school = case.decision.school
        own = near.get(school.quadrant_id, set()) if school and school.quadrant_id else set()
        here[case.pk] = own - bars[case.pk].keys()
        elsewhere[case.pk] = everybody - own - bars[case.pk].keys()
    return here, elsewhere


def judged_twice(cases: list[Case], seed: str, share: Decimal) -> list[Case]:
    """The share of cases a second moderator judges, in the order of a hash of its own."""
    count = rounded(share * len(cases))
    order = sorted(cases, key=lambda case: sample_hash(f"{seed}:second", case.decision_id))
    return order[:count]


def rounded(count: Decimal) -> int:
    return int(count.quantize(Decimal(1), ROUND_HALF_UP))


def wants_second(case: Case) -> bool:
    return case.state == CaseState.ASSIGNED and case.second_moderator_id is None


@verb
def assign_case(
    *, case: Case, by: User, moderator: User | None, second: User | None, reason: str = ""
) -> Case:
    """Give one case to these people, or take it back with nobody; `reason` says why it is taken
    from who has it.

    Raises RefusalError for a conflict of interest, somebody who does not moderate, or taking
    a case from somebody who has locked a judgement on it.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    case_actions(case, by).require("assign")
    check_people(case, moderator, second)
    judges = {person.pk for person in (moderator, second) if person}
    refuse_taking_locked(case, judges)
    tell_moderators({person: [case] for person in judges - set(case.judge_ids)})
    taken = bool(set(case.judge_ids) - judges)
    case.given_because = reason.strip() if taken else case.given_because
    Judgement.objects.filter(case=case, locked_at=None).exclude(moderator__in=judges).delete()
    case.moderator, case.second_moderator = moderator, second
    wanted = state_of(case)
    if wanted == case.state:
        case.save(update_fields=["moderator", "second_moderator", "given_because"])
    else:
        given = {"moderator": moderator, "second_moderator": second}
        case.move(wanted, by=by, given_because=case.given_because, **given)
    return case


def take_off(case: Case, person: User, *, by: User | None) -> Case:
    """Take the case, which is locked, from somebody who has not judged it; what they began goes.

    Where there is a second moderator they are the first then.
    """
    Judgement.objects.filter(case=case, moderator=person, locked_at=None).delete()
    others = [one for one in case.judge_ids if one != person.pk]
    case.moderator_id, case.second_moderator_id = (others[0] if others else None), None
    wanted = state_of(case)
    if wanted == case.state:
        case.save(update_fields=["moderator", "second_moderator"])
    else:
        left = {"moderator_id": case.moderator_id, "second_moderator_id": None}
        case.move(wanted, by=by, **left)
    return case


def check_people(case: Case, moderator: User | None, second: User | None) -> None:
    if second and not moderator:
        raise RefusalError("Choose a moderator before a second moderator.")
    if moderator and moderator == second:
        raise RefusalError("The second moderator must be somebody else.")
    for person in filter(None, (moderator, second)):
        if person.pk not in case.judge_ids and not moderators().filter(pk=person.pk).exists():
            raise RefusalError(f"{person} is not a moderator.")
        if bar := bar_to_judging(person, case):
            raise RefusalError(f"{person} {bar.of_another}, so they cannot judge this case.")


def refuse_taking_locked(case: Case, judges: set[UUID]) -> None:
    locked = Judgement.objects.filter(case=case).exclude(locked_at=None)
    judged = locked.exclude(moderator__in=judges).select_related("moderator").first()
    if judged:
        raise RefusalError(f"{judged.moderator} has judged this case already and must stay.")


def state_of(case: Case) -> CaseState:
    """Unassigned, to be judged, or judged when everybody who judges it has locked theirs."""
    judges = case.judge_ids
    if not judges:
        return CaseState.UNASSIGNED
    locked = Judgement.objects.filter(case=case, moderator__in=judges).exclude(locked_at=None)
    return CaseState.JUDGED if locked.count() == len(judges) else CaseState.ASSIGNED
