"""Two people at once (F7): one publishes, nothing is doubled, and a draft is made once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line, Run
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions) -> Counter:
    """Run the actions at the same moment, each on its own connection; counts the outcomes."""
    barrier = Barrier(len(actions))

    def act(action):
        try:
            barrier.wait()
            action()
            return "done"
        except RefusalError as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return Counter(threads.map(act, actions))


@pytest.fixture
def period(db):
    set_value()
    school = SchoolFactory()
    for _ in range(3):
        funded_pupil(school)
    return PeriodFactory()


@pytest.fixture
def checked(period):
    preparer, sender = person(Role.FINANCE_OFFICER), person(Role.FINANCE_OFFICER)
    return send_for_checking(run=calculate_run(period=period, by=preparer), by=sender)


def test_two_publishers_at_once(checked):
    people = [person(Role.FINANCE_AUTHORISER) for _ in range(2)]
    outcomes = at_once(*[lambda by=by: publish_run(run=checked, by=by) for by in people])
    assert outcomes == {"done": 1, "This run is published already.": 1}
    assert Run.objects.get().published_by in people


def test_twenty_publishes_at_once(checked):
    by = person(Role.FINANCE_AUTHORISER)
    outcomes = at_once(*[lambda: publish_run(run=checked, by=by)] * 20)
    assert outcomes == {"done": 1, "This run is published already.": 19}
    assert Run.objects.get().state == "published"
    assert Line.objects.count() == 3


def test_a_draft_calculated_five_times_at_once_is_one_run(period):
    outcomes = at_once(*[lambda: calculate_run(period=period, by=None)] * 5)
    assert outcomes == {"done": 5}
    assert Run.objects.get().lines.count() == 3


def test_publishing_and_calculating_at_once(checked):
    """Whichever is first, the published lines are whole and a new draft has none to pay."""
    by = person(Role.FINANCE_AUTHORISER)
    at_once(
        lambda: publish_run(run=checked, by=by),
        lambda: calculate_run(period=checked.period, by=None),
    )
    assert checked.lines.count() == 3
    assert Line.objects.exclude(run=checked).count() == 0
    assert Run.objects.get(pk=checked.pk).state == "published"
