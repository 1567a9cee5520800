"""Sets of training cases that the moderators judged before and during."""

import datetime as dt

from banding.models import Framework
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from moderation.calibration.models import TrainingJudgement
from moderation.calibration.services import lock_training_judgement, start_calibration
from moderation.choices import Confidence
from moderation.selectors.moderators import moderators
from moderation.services.judgements import Answers
from schools.demo.people import account_of
from schools.models import User

BEFORE = 42
"""The day of the last term on which everybody judged their first set."""
DURING, LATELY = 9, 3
"""Days ago."""
A_CASE_TAKES = 12


def calibrate_all(timeline: Timeline, framework: Framework) -> None:
    """Two sets each: nearly all of the first, a little less of the second."""
    for place, person in enumerate(moderators().order_by("email")):
        judge_set(timeline.last_term.day(BEFORE), person, framework, missed=place % 2)
        judge_set(timeline.ago(DURING), person, framework, missed=1)


def let_one_drift(timeline: Timeline, framework: Framework) -> None:
    """Somebody who is no account to sign in with judges higher and higher."""
    others = moderators().exclude(email=account_of(Role.MODERATOR).email)
    person = others.order_by("email").last()
    assert person is not None  # noqa: S101 - each quadrant has a moderator
    judge_set(timeline.ago(LATELY), person, framework, missed=3)


def judge_set(day: dt.date, person: User, framework: Framework, *, missed: int) -> None:
    """A whole set, the first ones a band higher than was settled."""
    with acting(person, day):
        rows = list(start_calibration(framework=framework, by=person).judgements.all())
    lowest = [row for row in rows if row.settled_band != highest(framework)]
    wrong = {row.pk for row in lowest[:missed]}
    for place, row in enumerate(rows, start=1):
        with acting(person, day, place * A_CASE_TAKES):
            given = answers(row, framework, higher=row.pk in wrong)
            lock_training_judgement(judgement=row, by=person, answers=given)


def highest(framework: Framework) -> str:
    return framework.bands.order_by("-rank").values_list("code", flat=True)[0]


def answers(row: TrainingJudgement, framework: Framework, *, higher: bool) -> Answers:
    """As settled, or with everything that is settled one step up."""
    settled = framework.bands.get(code=row.settled_band)
    band = framework.bands.filter(rank__gt=settled.rank).order_by("rank")[0] if higher else settled
    levels = {}
    for area in framework.areas.prefetch_related("levels"):
        codes = [level.code for level in area.levels.all()]
        at = codes.index(row.settled_levels.get(area.code, codes[0]))
        levels[area.code] = codes[min(at + 1, len(codes) - 1)] if higher and at else codes[at]
    return Answers(levels=levels, band=band, confidence=Confidence.FAIRLY)
