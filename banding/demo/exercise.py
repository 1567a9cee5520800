"""The banding exercise that is open now, with returns in every state."""

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal

from banding.change_requests.services import ask_for_change
from banding.changes.services import account_for
from banding.choices import CollectionKind, DecisionState, PupilChange, ReturnState
from banding.collections.services import open_collection
from banding.demo.answers import REASONS, AnswerBook
from banding.demo.pupils import NEEDS
from banding.demo.schools_at_work import (
    Staff,
    decide,
    returns_of,
    say_left,
    submit,
    take_another_band,
)
from banding.exceptional.services import ask_for_exception
from banding.joiners.services import add_joiner, refuse_joiner
from banding.leavers.services import tell_leaver
from banding.marks.services import look_at
from banding.models import Framework, Joiner, Return, ReturnPupil
from banding.returns.progress import PupilLine
from banding.returns.services import accept_return, extend_deadline, return_for_correction
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.choices import PlanType, PrimaryNeed, Sector
from schools.models import User
from schools.register_rules import is_last_year_group

REFERENCE, OPENED, LATER = 28, 21, 7
HELD = 35
"""Days from the deadline until schools see the outcomes of moderation."""
SECTORS = tuple(
    sector for sector in Sector if sector not in {Sector.EARLY_YEARS, Sector.OUT_OF_SCHOOL}
)
# The first two are the schools of the account to sign in with as SENCO.
OWN_SCHOOLS = (ReturnState.IN_PROGRESS, ReturnState.RETURNED)
OTHERS = (
    ReturnState.SUBMITTED,
    ReturnState.IN_PROGRESS,
    ReturnState.NOT_STARTED,
    ReturnState.ACCEPTED,
    ReturnState.IN_PROGRESS,
    ReturnState.NOT_STARTED,
    ReturnState.SUBMITTED,
)
STARTED = frozenset(ReturnState) - {ReturnState.NOT_STARTED}
SUBMITTED = STARTED - {ReturnState.IN_PROGRESS}
LEFT_OPEN = 4
# Ranks of the new framework's six bands that pupils of the old four come to.
RANKS = {1: (1, 2, 2), 2: (2, 3, 3), 3: (3, 4, 5), 4: (5, 6)}
CORRECTION = (
    "Please look again at Thinking and learning for each pupil marked, and say in the rationale "
    "what the level is based on."
)
NO_PLAN = (
    "The plan was refused after the assessment. Please apply at SEN Support instead, in the round."
)


@dataclass
class Exercise:
    """The story of one exercise: who answers when, and what the officer does."""

    timeline: Timeline
    staff: Staff
    officer: User
    book: AnswerBook
    somebody_stays: bool = False

    @property
    def dice(self) -> random.Random:
        return self.book.dice

    def tell(self, pupil_return: Return, state: str) -> None:
        if state in STARTED:
            self.answer(pupil_return, leave=0 if state in SUBMITTED else LEFT_OPEN)
        if state == ReturnState.SUBMITTED:
            self.tell_of_staying(pupil_return)
        if state in SUBMITTED:
            with acting(self.staff.head(pupil_return), self.timeline.ago(6), self.minutes()):
                submit(pupil_return, self.staff)
        with acting(self.officer, self.timeline.ago(3), self.minutes()):
            if state == ReturnState.ACCEPTED:
                accept_return(pupil_return=pupil_return, by=self.officer)
            if state == ReturnState.RETURNED:
                self.send_back(pupil_return)

    def send_back(self, pupil_return: Return) -> None:
        """About two pupils, of whom the SENCO has looked at one since."""
        about = list(pupil_return.pupils.filter(change="")[:2])
        return_for_correction(
            pupil_return=pupil_return, by=self.officer, reason=CORRECTION, about=about
        )
        senco = self.staff.senco(pupil_return)
        with acting(senco, self.timeline.ago(1)):
            for mark in about[0].marks.all():
                look_at(return_pupil=about[0], by=senco, marks=[str(mark.pk)])

    def answer(self, pupil_return: Return, *, leave: int) -> None:
        senco = self.staff.senco(pupil_return)
        day = self.timeline.ago(self.dice.randrange(7, 18))
        with acting(senco, day, self.minutes()):
            decide(pupil_return, senco, self.book, self.rank, leave=leave)

    def minutes(self) -> int:
        return self.dice.randrange(420)

    def rank(self, line: PupilLine) -> int:
        old = line.last.band.rank if line.last and line.last.band else 2
        return self.dice.choice(RANKS[old])

    def tell_news(self, returns: list[Return]) -> None:
        """A leaver, a joiner and one who is refused, another band than suggested, a band that is
        not enough, and more time for one school.
        """
        own, senco = returns[0], self.staff.senco(returns[0])
        with acting(senco, self.timeline.ago(2)):
            say_left(own, senco, self.timeline.ago(9), [0])
            take_another_band(own, senco, self.book, REASONS[1])
            tell_of_joiner(own, senco, self.timeline.ago(5), "Merriweather", "Ottilie")
            other = tell_of_joiner(own, senco, self.timeline.ago(4), "Pennington", "Jasper")
            row = ReturnPupil.objects.filter(pupil_return=own, decisions__isnull=False).last()
            if row:
                reason = "The plan names a nurse for the whole day, which no band covers."
                cost, today = Decimal(11_400), self.timeline.today
                ask_for_exception(
                    return_pupil=row, reason=reason, amount=cost, since=today, by=senco
                )
        with acting(self.officer, self.timeline.ago(1), minutes=20):
            refuse_joiner(joiner=other, by=self.officer, note=NO_PLAN)
        self.ask_later(returns)
        waiting = next(r for r in returns if r.state == ReturnState.NOT_STARTED)
        with acting(self.officer, self.timeline.ago(1)):
            until = self.timeline.exercise_due + dt.timedelta(days=LATER)
            extend_deadline(pupil_return=waiting, until=until, by=self.officer)

    def ask_later(self, returns: list[Return]) -> None:
        """Out of a return: a pupil who left, and after acceptance another band."""
        done = next(each for each in returns if each.state == ReturnState.ACCEPTED)
        senco, pupils = self.staff.senco(done), done.pupils.filter(change="")
        first, last = pupils.first(), pupils.last()
        with acting(senco, self.timeline.ago(1), minutes=40):
            if first:
                today = self.timeline.today
                tell_leaver(school=done.school, pupil=first.pupil, left_on=today, by=senco)
            if last:
                ask_for_higher_band(last, senco, self.timeline.today)

    def tell_of_staying(self, pupil_return: Return) -> None:
        """A pupil of a last year group stays on for another year, as a return says that is sent
        in (S7).
        """
        rows = pupil_return.pupils.filter(change="").select_related("pupil")
        row = next((row for row in rows if is_last(row)), None)
        if row is None or self.somebody_stays:
            return
        self.somebody_stays = True
        senco = self.staff.senco(pupil_return)
        with acting(senco, self.timeline.ago(7), minutes=50):
            account_for(
                return_pupil=row,
                change=PupilChange.STAYING_ON,
                reason="A place at the next school is not agreed yet.",
                by=senco,
            )


def is_last(row: ReturnPupil) -> bool:
    """Whether the pupil is in the school's last year group."""
    school, day = row.pupil_return.school, row.pupil_return.collection.reference_date
    return is_last_year_group(row.pupil.year_group_on(day), school.low_age, school.high_age)


def seed_exercise(timeline: Timeline) -> None:
    """Open the exercise three weeks ago and bring its returns to their states."""
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    framework = Framework.objects.get(code=NEEDS)
    with acting(officer, timeline.ago(OPENED)):
        collection = open_collection(
            code=f"exercise-{timeline.term.code}",
            name=f"{timeline.term.name.partition(' ')[0]} banding exercise {timeline.today.year}",
            kind=CollectionKind.EXERCISE,
            framework=framework,
            sectors=SECTORS,
            reference_date=reference_date(timeline),
            opens_on=timeline.ago(OPENED),
            deadline=timeline.exercise_due,
            feedback_on=timeline.exercise_due + dt.timedelta(days=HELD),
            allows_no_change=True,
        )
    dice = random.Random("westmere exercise")  # noqa: S311 (not a secret)
    exercise = Exercise(timeline, Staff(), officer, AnswerBook(framework, dice))
    returns = returns_of(collection)
    for place, pupil_return in enumerate(returns):
        exercise.tell(pupil_return, state_of(place))
    exercise.tell_news(returns_of(collection))


def reference_date(timeline: Timeline) -> dt.date:
    """A week before it opens, but of this academic year: who stays on for a year that has begun
    already would stay on in no roll-over that is still to come (S7).
    """
    return max(timeline.ago(REFERENCE), dt.date(timeline.academic_year, 9, 1))


def state_of(place: int) -> str:
    if place < len(OWN_SCHOOLS):
        return OWN_SCHOOLS[place]
    return OTHERS[(place - len(OWN_SCHOOLS)) % len(OTHERS)]


def ask_for_higher_band(row: ReturnPupil, by: User, day: dt.date) -> None:
    """One rank above the band the school submitted, or one below the highest."""
    now = row.decisions.get(state=DecisionState.SUBMITTED)
    bands = list(row.pupil_return.collection.framework.bands.order_by("rank"))
    place = bands.index(now.band) if now.band else 0
    band = bands[place + 1] if place + 1 < len(bands) else bands[place - 1]
    levels = now.levels.select_related("area", "level")
    ask_for_change(
        return_pupil=row,
        levels={each.area.code: each.level.code for each in levels},
        band=band,
        difference_reason="The report of the educational psychologist came after we submitted.",
        reason="Now needs an adult for every transition and all unstructured time.",
        effective_from=day,
        by=by,
    )


def tell_of_joiner(
    pupil_return: Return, by: User, joined_on: dt.date, surname: str, forename: str
) -> Joiner:
    year = joined_on.year - 8
    return add_joiner(
        pupil_return=pupil_return,
        by=by,
        surname=surname,
        forename=forename,
        date_of_birth=dt.date(year, 2, 14),
        joined_on=joined_on,
        plan_type=PlanType.EHCP,
        primary_need=PrimaryNeed.SLCN,
    )
