"""A first sample of the exercise that is open: schools past the limit, and outcomes held."""

import random
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import count

from django.utils import timezone

from banding.choices import CollectionKind
from banding.demo.answers import AnswerBook
from banding.models import Collection
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from moderation.calibration.selectors import with_training_cases
from moderation.choices import CaseKind, CaseState
from moderation.demo.calibrating import judge_set
from moderation.demo.paper import pdf_of
from moderation.demo.story import (
    change_as_judged,
    date_events,
    differs,
    judge_once,
    own_band,
    person,
    with_judges,
)
from moderation.feedback.letters import write_letters
from moderation.models import Case, Sample
from moderation.plans.services import give_document, give_plan
from moderation.selectors.moderators import moderators
from moderation.selectors.population import Settings
from moderation.selectors.settling import is_disputed, withdrawal_reason
from moderation.services.assignment import assign_cases
from moderation.services.outcomes import uphold_case
from moderation.services.samples import draw_sample
from moderation.widening.rules import LEAST
from moderation.widening.selectors import proposals
from moderation.widening.services import widen_sample
from schools.demo.people import account_of
from schools.models import User

RATE = Decimal("0.3000")
CALIBRATED, DRAWN, ASSIGNED, JUDGED, SETTLED, WIDENED, GIVEN = 11, 8, 7, 6, 3, 2, 5
"""Days ago."""
SCHOOLS_PAST, LEFT, MORE = 2, 4, 3
"""Schools past the limit, judged cases left to settle, and cases judged besides at a school."""
PAST_LIMIT = (0, 1, 2)
"""Which judged cases of a school past the limit got another band."""
NEEDS = (
    "Takes part in most lessons only with extra help. Needs somebody who knows the pupil within "
    "reach when it is loud. Needs help at several times of the day, to wash and to dress."
)
PROVISION = (
    "An adult who knows the pupil is near in every lesson. A speech and language therapist comes "
    "every second week and shows staff what to practise."
)
REPORT = (
    "Report of the speech and language therapist",
    "Follows one instruction at a time. Uses signs with short phrases.",
    "An adult repeats what was said in every lesson.",
)


def seed_exercise(timeline: Timeline) -> None:
    """The seed is drawn by the portal, so which cases it is about is another each time."""
    lead = person(Role.MODERATION_LEAD)
    collection = Collection.objects.get(kind=CollectionKind.EXERCISE)
    if with_training_cases().filter(pk=collection.framework_id).exists():
        for each in moderators().order_by("email"):
            judge_set(timeline.ago(CALIBRATED), each, collection.framework, missed=0)
    with acting(lead, timeline.ago(DRAWN)):
        sample = draw_sample(collection=collection, settings=Settings(RATE), by=lead)
        date_events()
    with acting(lead, timeline.ago(ASSIGNED)):
        assign_cases(sample=sample, by=lead)
        date_events()
    judge_all(sample, timeline)
    settle_most(sample, timeline, lead)
    widen_one(sample, timeline, lead)
    give_plans(timeline, lead)
    write_letters(on=timezone.localdate())


def judge_all(sample: Sample, timeline: Timeline) -> None:
    """As the schools did, but at the two with most cases."""
    dice = random.Random("westmere exercise cases")  # noqa: S311 (not a secret)
    book = AnswerBook(sample.collection.framework, dice)
    at_school: dict[object, count[int]] = defaultdict(count)
    cases = list(with_judges().filter(sample=sample, state=CaseState.ASSIGNED))
    sizes = Counter(case.decision.school_id for case in cases if case.kind == CaseKind.RANDOM)
    large = {school for school, size in sizes.most_common(SCHOOLS_PAST) if size >= LEAST}
    for place, case in enumerate(sorted(cases, key=lambda case: str(case.decision_id))):
        school = case.decision.school_id
        strict = school in large and next(at_school[school]) in PAST_LIMIT
        rank = own_band(case).rank
        wanted = rank - 1 if strict and rank > 1 else rank + 1 if strict else rank
        for by in filter(None, (case.moderator, case.second_moderator)):
            judge_once(case, by, book, wanted, timeline.ago(JUDGED), minutes=place * 3 % 400)


def settle_most(sample: Sample, timeline: Timeline, lead: User) -> None:
    """Schools hear of it on the day of feedback. A few are left, none of the account’s."""
    moderator = User.objects.get(email=account_of(Role.MODERATOR).email)
    judged = with_judges().filter(sample=sample, state=CaseState.JUDGED).order_by("decision_id")
    clear = [case for case in judged if not is_disputed(case)]
    others = [case for case in clear if moderator.pk not in case.judge_ids]
    left = {case.pk for case in others[:LEFT]}
    for place, case in enumerate(clear):
        if case.pk in left:
            continue
        with acting(lead, timeline.ago(SETTLED), place):
            if differs(case):
                change_as_judged(case, lead)
            else:
                uphold_case(case=case, by=lead)


def widen_one(sample: Sample, timeline: Timeline, lead: User) -> None:
    """Decided about one school past the limit; about the others the lead has still to decide."""
    past = proposals(sample)
    if len(past) < 1:
        return
    found = past[-1]
    with acting(lead, timeline.ago(WIDENED)):
        widen_sample(sample=sample, school=found.school, cases=min(MORE, found.left), by=lead)
        date_events()
    with acting(lead, timeline.ago(WIDENED), 30):
        assign_cases(sample=sample, by=lead, share=Decimal(0))
        date_events()


def give_plans(timeline: Timeline, lead: User) -> None:
    """What the plan says, and a report with it, of what the account has to judge."""
    moderator = User.objects.get(email=account_of(Role.MODERATOR).email)
    officer = User.objects.get(email=account_of(Role.SEND_OFFICER).email)
    cases = Case.objects.to_judge(moderator).select_related("decision__pupil")
    case = min(cases, key=lambda case: (bool(withdrawal_reason(case)), str(case.decision_id)))
    with acting(lead, timeline.ago(GIVEN)):
        give_plan(case=case, needs=NEEDS, provision=PROVISION, by=lead)
    with acting(officer, timeline.ago(GIVEN), 45):
        give_document(
            pupil=case.decision.pupil,
            about="Speech and language therapist’s report",
            filename="report.pdf",
            content=pdf_of(REPORT),
            by=officer,
        )
