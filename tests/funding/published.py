"""A published run, and people of finance, for tests of pages and files."""

from banding_portal.roles import Role
from funding.choices import ASKED_ONCE_A_YEAR
from funding.models import Run
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import PeriodFactory, person


def draft(period=None, by=None) -> Run:
    return calculate_run(period=period or PeriodFactory(), by=by or person(Role.FINANCE_OFFICER))


def clear_doubtful(run: Run, by) -> None:
    """No UPN, another authority’s pupil and the like, which these tests are not about."""
    for kind in ASKED_ONCE_A_YEAR & set(run.exceptions.values_list("kind", flat=True)):
        clear_exceptions(run=run, kind=kind, reason="Seen with the school.", by=by)


def checked(period=None, by=None) -> Run:
    officer = by or person(Role.FINANCE_OFFICER)
    run = draft(period, officer)
    clear_doubtful(run, officer)
    return send_for_checking(run=run, by=officer)


def sent_anyway(period=None, by=None) -> Run:
    """A run that came to be checked with reasons against it, as its service never lets one."""
    officer = by or person(Role.FINANCE_OFFICER)
    run = draft(period, officer)
    Run.objects.filter(pk=run.pk).update(state="checked", sent_by=officer, sent_at=run.prepared_at)
    run.refresh_from_db()
    return run


def published(period=None) -> Run:
    """A draft of nothing stays a draft: it can be neither sent nor published."""
    officer = person(Role.FINANCE_OFFICER)
    run = draft(period, officer)
    if not run.lines.exists():
        return run
    clear_doubtful(run, officer)
    sent = send_for_checking(run=run, by=officer)
    return publish_run(run=sent, by=person(Role.FINANCE_AUTHORISER))
