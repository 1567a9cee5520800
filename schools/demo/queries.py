"""Queries of the demonstration: one answered and published, one waiting, one by telephone, late."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from banding_portal.working_days import working_day_before
from schools.choices import QueryCategory, QueryWay
from schools.demo.people import account_of
from schools.models import School, User
from schools.queries.places import Place
from schools.queries.services.answering import add_note, reply_to_query, take_query
from schools.queries.services.asking import ask_query, enter_query
from schools.queries.services.publishing import publish_question
from schools.queries.services.reminding import remind_of_queries

ASKED, ANSWERED, LATE, LATELY = 12, 10, 15, 1
"""Days ago."""
DAYS_BACK = 9
"""Working days on which the demonstration has reminded of queries."""


def seed_queries(timeline: Timeline) -> None:
    senco, officer = person(Role.SENCO), person(Role.SEND_OFFICER)
    school = School.objects.filter(pk__in=senco.school_ids).order_by("name")[0]
    with acting(senco, timeline.ago(ASKED)):
        first = ask_query(
            school=school,
            category=QueryCategory.BANDS,
            subject="Two areas at the same level",
            text="Two areas point to one band and two to the next. Which one do we choose?",
            pupil="",
            place=Place("/frameworks/", "Frameworks"),
            by=senco,
        )
    with acting(officer, timeline.ago(ANSWERED)):
        answer = "Choose the band that secures the provision in the plan, and say why."
        reply_to_query(query=first, text=answer, seen=1, by=officer)
        publish_question(
            query=first,
            category=QueryCategory.BANDS,
            question="What if half of the areas point to the next band?",
            answer=answer,
            by=officer,
        )
    with acting(senco, timeline.ago(LATELY)):
        ask_query(
            school=school,
            category=QueryCategory.RETURNS,
            subject="Template on two computers",
            text="May two of us fill in the template and upload it one after the other?",
            pupil="",
            place=Place("/returns/", "Returns"),
            by=senco,
        )
    seed_letter(timeline, officer)
    seed_query_reminders(timeline)


def seed_letter(timeline: Timeline, officer: User) -> None:
    """A school telephoned; an officer took it on, and nobody has answered yet."""
    partner = person(Role.INCLUSION_PARTNER)
    school = School.objects.filter(pk__in=partner.school_ids).order_by("-name")[0]
    with acting(officer, timeline.ago(LATE)):
        late = enter_query(
            school=school,
            category=QueryCategory.FUNDING,
            subject="A term that was paid twice",
            text="The bank statement shows the autumn top-up twice. Is one of them a correction?",
            pupil="",
            came_by=QueryWay.TELEPHONE,
            asked_on=timeline.ago(LATE),
            name="The school office",
            email="",
            by=officer,
        )
        take_query(query=late, by=officer)
    with acting(officer, timeline.ago(LATE), minutes=20):
        add_note(query=late, text="Asked finance to look at the remittance.", by=officer)


def seed_query_reminders(timeline: Timeline) -> None:
    """Of the last working days, so that the late ones were reminded of."""
    for back in range(DAYS_BACK, 0, -1):
        day = working_day_before(timeline.today, back)
        with acting(None, day, minutes=15):
            remind_of_queries(on=day)


def person(role: str) -> User:
    return User.objects.get(email=account_of(role).email)
