"""Training of the invented authority: a session gone by, one that is full, a recording; a visit."""

import datetime as dt

from django.utils import timezone

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import BANDING_SCHOOL_ROLES, Role
from schools.choices import PreferredTime, TrainingKind
from schools.demo.people import account_of
from schools.models import Place, School, TrainingSession, User
from schools.training.rules import Planned
from schools.training.services import (
    answer_question,
    note_attendance,
    plan_training,
    sign_up,
)
from schools.training.visits import Visit, record_visit

FOR = (Role.SENCO, Role.HEADTEACHER, Role.INCLUSION_PARTNER)
ABOUT = "How to choose the level that fits, what the suggested band means, and what to write down."
ADVICE = (
    "We went through the descriptors of two areas together. Write down what is in place today "
    "beside each level that you choose, and come to the drop-in with the rest."
)


def seed_training(timeline: Timeline) -> None:
    officer, senco = of_role(Role.SEND_OFFICER), of_role(Role.SENCO)
    with acting(officer, timeline.ago(30)):
        live = plan_training(planned=session(timeline.ago(20), "The descriptors, live"), by=officer)
        recording = plan_training(planned=recorded(), by=officer)
    with acting(senco, timeline.ago(25)):
        there = [signed(live, each) for each in some_people(12)]
    with acting(officer, timeline.ago(19)):
        came = [place.person_id for number, place in enumerate(there) if number % 4 != 3]
        note_attendance(session=live, there=came, by=officer)
    watcher = of_role(Role.HEADTEACHER)
    with acting(watcher, timeline.ago(9)):
        answer_question(session=recording, answer="Why it fits", by=watcher)
    with acting(officer, timeline.ago(8)):
        full = plan_training(
            planned=session(timeline.ahead(6), "Drop-in", drop_in=True), by=officer
        )
    with acting(senco, timeline.ago(7)):
        for each in [*some_people(3), senco]:
            signed(full, each)
    seed_visit(timeline)


def seed_visit(timeline: Timeline) -> None:
    partner = of_role(Role.INCLUSION_PARTNER)
    school = School.objects.filter(pk__in=partner.school_ids).order_by("name")[0]
    with acting(partner, timeline.ago(5)):
        visit = Visit(timeline.ago(5), "Nadia Brightwell, SENCO", ADVICE, timeline.ahead(40))
        record_visit(school=school, visit=visit, by=partner)


def session(day: dt.date, title: str, *, drop_in: bool = False) -> Planned:
    begins = dt.datetime.combine(day, dt.time(16), tzinfo=timezone.get_default_timezone())
    return Planned(
        kind=TrainingKind.DROP_IN if drop_in else TrainingKind.LIVE,
        title=title,
        text="Bring your questions about any pupil’s band." if drop_in else ABOUT,
        place="Online: https://meet.westmere.example/send",
        roles=FOR,
        starts_at=begins,
        minutes=45 if drop_in else 60,
        places=3 if drop_in else None,
    )


def recorded() -> Planned:
    return Planned(
        kind=TrainingKind.RECORDING,
        title="The descriptors, recorded",
        text=ABOUT,
        place="https://video.westmere.example/descriptors",
        roles=FOR,
        minutes=50,
        question="What do you write down beside the level you choose?",
        answers=("Why it fits", "The pupil’s name", "The amount of money"),
    )


def some_people(count: int) -> list[User]:
    """SENCOs and headteachers in the background."""
    people = User.objects.holding(BANDING_SCHOOL_ROLES).exclude(email=account_of(Role.SENCO).email)
    return list(people.order_by("email")[:count])


def signed(session: TrainingSession, person: User) -> Place:
    return sign_up(session=session, preferred=PreferredTime.AFTER, by=person)


def of_role(role: str) -> User:
    return User.objects.get(email=account_of(role).email)
