"""The last term is published, this one is a draft with a few things to clear."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from funding.demo.prices import seed_calendars, seed_values
from funding.models import Period
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.models import User

CALCULATED, PUBLISHED = 70, 72


def seed_published(timeline: Timeline) -> None:
    """One person prepares the run of the last term, another one publishes it (F7)."""
    term = timeline.last_term
    officer, authoriser = person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)
    with acting(officer, term.start):
        seed_calendars(timeline)
        seed_values(timeline, officer)
    with acting(officer, term.day(CALCULATED)):
        run = calculate_run(period=Period.objects.get(code=term.code), by=officer)
    with acting(officer, term.day(CALCULATED), minutes=40):
        run = send_for_checking(run=run, by=officer)
    with acting(authoriser, term.day(PUBLISHED)):
        publish_run(run=run, by=authoriser)


def seed_draft(timeline: Timeline) -> None:
    """Yesterday's draft: overlaps, pupils without a band, a band without a value, and what
    moderation changed since the last one was published.
    """
    officer = person(Role.FINANCE_OFFICER)
    with acting(officer, timeline.ago(1), minutes=90):
        calculate_run(period=Period.objects.get(code=timeline.term.code), by=officer)


def person(role: str) -> User:
    return User.objects.get(memberships__role=role)
