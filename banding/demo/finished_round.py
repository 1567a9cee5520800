"""The round of the last term: every school has submitted, the authority has accepted."""

import random

from django.utils import timezone

from banding.choices import CollectionKind
from banding.collections.services import open_collection
from banding.demo.answers import AnswerBook
from banding.demo.pupils import TOP_UP
from banding.demo.schools_at_work import Staff, decide, returns_of, say_left, submit
from banding.models import Collection, Framework, Return
from banding.returns.progress import PupilLine
from banding.returns.services import accept_return
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.choices import Sector
from schools.models import User

OPENS, DEADLINE, ACCEPTED, CLOSED = 7, 35, 37, 38
SECTORS = (Sector.MAINSTREAM, Sector.ALTERNATIVE_PROVISION)
SCHOOLS_WITH_A_LEAVER = (3, 9, 17)


def seed_round(timeline: Timeline) -> None:
    """Open it, let the schools answer, accept and close it, all in the last term."""
    term = timeline.last_term
    dice = random.Random("westmere round")  # noqa: S311 (not a secret)
    framework = Framework.objects.get(code=TOP_UP)
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    with acting(officer, term.day(OPENS)):
        collection = open_collection(
            code=f"round-{term.code}",
            name=f"{term.name} round",
            kind=CollectionKind.ROUND,
            framework=framework,
            sectors=SECTORS,
            reference_date=term.start,
            opens_on=term.day(OPENS),
            deadline=term.day(DEADLINE),
        )
    staff, book = Staff(), AnswerBook(framework, dice)
    returns = returns_of(collection)
    for place, pupil_return in enumerate(returns):
        answer(pupil_return, staff, book, timeline, leaver=place in SCHOOLS_WITH_A_LEAVER)
    for place, pupil_return in enumerate(returns):
        with acting(officer, term.day(ACCEPTED), minutes=place * 4):
            accept_return(pupil_return=pupil_return, by=officer)
    with acting(officer, term.day(CLOSED)):
        Collection.objects.filter(pk=collection.pk).update(closed_at=timezone.now())


def answer(
    pupil_return: Return, staff: Staff, book: AnswerBook, timeline: Timeline, *, leaver: bool
) -> None:
    dice, senco, term = book.dice, staff.senco(pupil_return), timeline.last_term
    day, minutes = term.day(dice.randrange(OPENS + 3, DEADLINE)), dice.randrange(420)
    with acting(senco, day, minutes):
        if leaver:
            say_left(pupil_return, senco, term.day(OPENS), [0])
        # Everybody's band was looked at again, as moderation wanted it that term.
        decide(pupil_return, senco, book, lambda line: near_last_band(line, dice), everybody=True)
    with acting(staff.head(pupil_return), day, minutes + 25):
        submit(pupil_return, staff)


def near_last_band(line: PupilLine, dice: random.Random) -> int:
    """The rank of the last band, sometimes one more or less."""
    rank = line.last.band.rank if line.last and line.last.band else 2
    return rank + dice.choice((0, 0, 0, 0, 0, 0, 1, -1))
