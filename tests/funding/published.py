"""A published run, and people of finance, for tests of pages and files."""

from funding.models import Run
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.choices import Role
from tests.factories import PeriodFactory, person


def draft(period=None, by=None) -> Run:
    return calculate_run(period=period or PeriodFactory(), by=by or person(Role.FINANCE_OFFICER))


def checked(period=None, by=None) -> Run:
    officer = by or person(Role.FINANCE_OFFICER)
    return send_for_checking(run=draft(period, officer), by=officer)


def published(period=None) -> Run:
    return publish_run(run=checked(period), by=person(Role.FINANCE_AUTHORISER))
