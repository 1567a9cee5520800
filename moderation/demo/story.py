"""A sample drawn, judged and mostly settled; some work is left for each account to do."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone

from banding.choices import CollectionKind
from banding.demo.answers import AnswerBook
from banding.models import Band, Collection
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from moderation.choices import CaseState, ChangeReason, Confidence
from moderation.demo.calibrating import calibrate_all, let_one_drift
from moderation.models import Case, CaseOpening, PanelCase, Sample
from moderation.selectors.population import Settings
from moderation.selectors.settling import is_disputed
from moderation.selectors.sight import still_judging
from moderation.services.assignment import assign_cases
from moderation.services.judgements import Answers, lock_judgement
from moderation.services.outcomes import change_case, uphold_case
from moderation.services.samples import draw_sample
from schools.choices import PlanType
from schools.demo.people import account_of
from schools.models import User

RATE = Decimal("0.1500")
DRAWN, ASSIGNED, JUDGED, SETTLED, LATE = 40, 41, 44, 58, 80
"""Days of the last term; what is late comes after the run was published."""
DISPUTED = 6
"""Days ago: news for the lead."""
TAKES = (7, 9, 12, 14, 18, 25)
"""Minutes that judging a case takes."""
LEFT_TO_JUDGE, LEFT_TO_SETTLE, SETTLED_LATE = 3, 10, 3
HIGHER = "The reports describe help for most of the day, not for some lessons."
LOWER = "What the plan asks for is part of what every pupil at the school can have."


def seed(timeline: Timeline) -> None:
    """Draw, assign, judge, settle; the lead's disputed cases and a few others stay open."""
    term = timeline.last_term
    lead = person(Role.MODERATION_LEAD)
    collection = Collection.objects.get(kind=CollectionKind.ROUND)
    with acting(lead, term.day(DRAWN)):
        sample = draw_sample(
            collection=collection, settings=Settings(RATE), seed=collection.code, by=lead
        )
        name_again(sample)
        date_events()
    with acting(lead, term.day(ASSIGNED)):
        assign_cases(sample=sample, by=lead)
        date_events()
    calibrate_all(timeline, collection.framework)
    dice = random.Random("westmere moderation")  # noqa: S311 (not a secret)
    book = AnswerBook(collection.framework, dice)
    cases = list(with_judges().order_by("decision_id"))
    waiting = {case.pk for case in of_account(cases)[:LEFT_TO_JUDGE]}
    judged = [case for case in cases if case.pk not in waiting]
    disputed = next((case for case in judged if case.second_moderator_id), None)
    for place, case in enumerate(judged):
        judge(case, book, timeline, place, disputes=case == disputed)
    let_one_drift(timeline, collection.framework)
    settle(timeline, dice)


def seed_late(timeline: Timeline) -> None:
    """The lead changes a few bands after the run was published: adjustments in the next one."""
    lead = person(Role.MODERATION_LEAD)
    judged = list(with_judges().filter(state=CaseState.JUDGED).order_by("decision_id"))
    clear = [case for case in judged if not is_disputed(case) and case not in of_account(judged)]
    differing = [case for case in clear if differs(case)]
    for place, case in enumerate(differing[:SETTLED_LATE]):
        with acting(lead, timeline.last_term.day(LATE), place * 20):
            change_as_judged(case, lead)


def date_events() -> None:
    """The database dates what the audit trail keeps of cases by its own clock, not the story’s."""
    now = timezone.now()
    models: tuple[Any, ...] = (Case, PanelCase)
    for model in models:
        events = model.pgh_event_model.objects
        events.filter(pgh_created_at__gt=now).update(pgh_created_at=now)


def name_again(sample: Sample) -> None:
    """Chance names the cases, and cases are given out by name; here both are always the same."""
    cases = list(Case.objects.filter(sample=sample).order_by("decision_id"))
    dice = random.Random("westmere cases")  # noqa: S311 (nothing secret rests on it)
    names = [f"{number:04X}" for number in dice.sample(range(16**4), len(cases))]
    # A name chance gave to another case is freed first: each row is looked at as it is written.
    for place, case in enumerate(case for case in cases if case.reference in names):
        case.reference = f"-{place}"
        case.save(update_fields=["reference"])
    for case, name in zip(cases, names, strict=True):
        case.reference = name
    Case.objects.bulk_update(cases, ["reference"])


def person(role: str) -> User:
    """The account with the role, where only one person has it."""
    return User.objects.get(memberships__role=role)


def of_account(cases: list[Case]) -> list[Case]:
    """Those of the account to sign in with as moderator."""
    moderator = User.objects.get(email=account_of(Role.MODERATOR).email)
    return [case for case in cases if moderator.pk in case.judge_ids]


def with_judges() -> QuerySet[Case]:
    return Case.objects.select_related(
        "decision__band", "moderator", "second_moderator"
    ).prefetch_related("judgements__band")


def judge(case: Case, book: AnswerBook, timeline: Timeline, place: int, *, disputes: bool) -> None:
    """Everybody who judges it does so, most as the school did; a second one may dispute it."""
    for by in filter(None, (case.moderator, case.second_moderator)):
        rank = own_band(case).rank + book.dice.choice((0, 0, 0, 0, 0, 0, 1, 1, -1))
        if disputes and by == case.second_moderator:
            rank = 1 if own_band(case).rank > 2 else len(book.bands)
        lately = disputes and by == case.second_moderator
        day = timeline.ago(DISPUTED) if lately else timeline.last_term.day(JUDGED + place % 12)
        judge_once(case, by, book, rank, day)


def judge_once(
    case: Case, by: User, book: AnswerBook, rank: int, day: dt.date, minutes: int | None = None
) -> None:
    """Open the case, and lock a judgement of the rank, or the nearest there is, a while later."""
    levels = book.levels(min(max(rank, 1), len(book.bands)))
    codes = {area: level.code for (area, _), level in zip(book.areas, levels, strict=True)}
    answers = Answers(
        levels=codes,
        band=book.suggested(levels),
        confidence=book.dice.choice(Confidence.values),
        rationale="",
    )
    begun = book.dice.randrange(420) if minutes is None else minutes
    with acting(by, day, begun):
        CaseOpening.objects.create(case=case, person=by)
    with acting(by, day, begun + TAKES[begun % len(TAKES)]):
        lock_judgement(case=case, by=by, answers=answers)


def settle(timeline: Timeline, dice: random.Random) -> None:
    """Agreed cases are upheld, differing ones changed; disputed and a few more are left."""
    lead = person(Role.MODERATION_LEAD)
    judged = list(with_judges().filter(state=CaseState.JUDGED).order_by("decision_id"))
    clear = [case for case in judged if not is_disputed(case)]
    differing = [case for case in clear if differs(case)]
    # Those with a plan first: what comes after judging is about them.
    left = {case.pk for case in sorted(differing, key=is_support)[:LEFT_TO_SETTLE]}
    left |= {case.pk for case in of_account(clear)[:1]}
    # The school to sign in as is asked for evidence about one.
    own = User.objects.get(email=account_of(Role.SENCO).email).school_ids_as(Role.SENCO)
    left |= {case.pk for case in [one for one in clear if one.decision.school_id in own][:1]}
    for case in clear:
        if case.pk in left:
            continue
        by = settler_of(case, lead)
        with acting(by, timeline.last_term.day(SETTLED), dice.randrange(420)):
            if case in differing:
                change_as_judged(case, by)
            else:
                uphold_case(case=case, by=by)


def is_support(case: Case) -> bool:
    row = case.decision.return_pupil
    return row is not None and row.plan_type == PlanType.SEN_SUPPORT


def settler_of(case: Case, lead: User) -> User:
    """Whoever judged it first, the lead where they have cases left to judge (M9)."""
    moderator = cast(User, case.moderator)
    return lead if still_judging(moderator, case.sample_id) else moderator


def own_band(case: Case) -> Band:
    """The school's band, which a submitted decision always has."""
    return cast(Band, case.decision.band)


def judged_band(case: Case) -> Band:
    """The first judgement's band, which a locked one always has."""
    return cast(Band, case.judgements.all()[0].band)


def differs(case: Case) -> bool:
    return judged_band(case) != own_band(case)


def change_as_judged(case: Case, by: User) -> None:
    """Settle with the moderator's band, from the day the school's took effect."""
    band, old = judged_band(case), own_band(case)
    higher = band.rank > old.rank
    change_case(
        case=case,
        by=by,
        band=band,
        reason_code=ChangeReason.NEED_HIGHER if higher else ChangeReason.NEED_LOWER,
        reason=HIGHER if higher else LOWER,
        effective_from=case.decision.effective_from,
    )
