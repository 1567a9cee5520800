"""The last term is published, what changed in it since waits to be; this one is a draft."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from funding.demo.ledger import seed_budget, seed_ledger, seed_ledger_files
from funding.demo.prices import seed_calendars, seed_values
from funding.demo.rules import seed_protection, seed_school_days
from funding.models import Period, Run
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.models import User

CALCULATED, PUBLISHED = 70, 72
CLEARED = "Checked with the school; paid as it is."


def seed_published(timeline: Timeline) -> None:
    """One person prepares the run of the last term, another one publishes it (F7)."""
    term = timeline.last_term
    officer, authoriser = person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)
    with acting(officer, term.start):
        seed_calendars(timeline)
        seed_values(timeline, officer)
        seed_school_days(timeline)
        seed_protection(timeline, officer)
        seed_ledger(officer)
    with acting(officer, term.day(CALCULATED)):
        run = calculate_run(period=Period.objects.get(code=term.code), by=officer)
    with acting(officer, term.day(CALCULATED), minutes=40):
        clear_what_is_left(run, officer)
        run = send_for_checking(run=run, by=officer)
    with acting(authoriser, term.day(PUBLISHED)):
        run = publish_run(run=run, by=authoriser)
    with acting(officer, term.day(PUBLISHED), minutes=60):
        seed_ledger_files(run, officer)
        seed_budget(timeline, officer)


def seed_draft(timeline: Timeline) -> None:
    """Yesterday's draft: overlaps, pupils without a band, a band without a value, and what
    moderation changed since the last one was published.
    """
    officer = person(Role.FINANCE_OFFICER)
    with acting(officer, timeline.ago(1), minutes=90):
        calculate_run(period=Period.objects.get(code=timeline.term.code), by=officer)


def seed_checked(timeline: Timeline) -> None:
    """What moderation changed in the last term after it was published, for somebody to check."""
    officer = person(Role.FINANCE_OFFICER)
    with acting(officer, timeline.ago(2), minutes=30):
        run = calculate_run(period=Period.objects.get(code=timeline.last_term.code), by=officer)
    with acting(officer, timeline.ago(2), minutes=60):
        clear_what_is_left(run, officer)
        send_for_checking(run=run, by=officer)


def clear_what_is_left(run: Run, by: User) -> None:
    kinds = run.exceptions.filter(cleared_at=None).values_list("kind", flat=True).distinct()
    for kind in kinds.order_by("kind"):
        clear_exceptions(run=run, kind=kind, reason=CLEARED, by=by)


def person(role: str) -> User:
    return User.objects.get(memberships__role=role)
