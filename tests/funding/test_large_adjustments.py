"""An adjustment over the authority's limit is looked at before it is paid (F8)."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.choices import ExceptionKind
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from schools.services.pupils import end_placement
from tests.factories import SchoolFactory, person
from tests.funding.funded import funded_pupil
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
LARGE = ExceptionKind.LARGE


@pytest.fixture
def leaver(autumn):
    """Paid £1,220 for autumn, and gone since 31 October: £610 is taken back."""
    pupil = funded_pupil(SchoolFactory())
    published(autumn)
    end_placement(
        placement=pupil.placements.get(), end=dt.date(2026, 10, 31), by=person(Role.SEND_OFFICER)
    )
    return pupil


def large(run):
    return list(run.exceptions.filter(kind=LARGE))


@pytest.mark.parametrize(("limit", "found"), [(0, 0), (609, 1), (610, 0), (5000, 0)])
def test_it_is_over_the_limit_by_a_penny_or_it_is_not(leaver, autumn, settings, limit, found):
    settings.ADJUSTMENT_LIMIT = limit
    assert len(large(draft(autumn))) == found


def test_what_is_paid_besides_counts_as_what_is_taken_back(autumn, settings):
    settings.ADJUSTMENT_LIMIT = 1000
    funded_pupil(SchoolFactory())
    published(autumn)
    late = funded_pupil(SchoolFactory())
    [found] = large(draft(autumn))
    assert (found.pupil, found.start, found.end) == (late, autumn.start, autumn.end)


def test_first_payment_of_a_period_is_no_adjustment(autumn, settings):
    settings.ADJUSTMENT_LIMIT = 1
    funded_pupil(SchoolFactory())
    assert large(draft(autumn)) == []


def test_adjustment_of_an_earlier_period_names_it(leaver, autumn, spring, settings):
    settings.ADJUSTMENT_LIMIT = 600
    [found] = large(draft(spring))
    assert (found.pupil, found.earlier_period) == (leaver, autumn)


def test_run_is_not_sent_before_it_is_cleared_and_each_calculation_asks_anew(
    leaver, autumn, settings
):
    settings.ADJUSTMENT_LIMIT = 600
    officer = person(Role.FINANCE_OFFICER)
    run = draft(autumn, officer)
    with pytest.raises(RefusalError):
        send_for_checking(run=run, by=officer)
    why = {"kind": LARGE, "reason": "The school told us in time", "by": officer}
    assert clear_exceptions(run=run, **why) == 1
    run = draft(autumn, officer)
    assert [each.cleared_at for each in large(run)] == [None]
    clear_exceptions(run=run, **why)
    run = send_for_checking(run=run, by=officer)
    assert publish_run(run=run, by=person(Role.FINANCE_AUTHORISER)).state == "published"


def test_next_adjustment_of_the_same_days_is_asked_about_too(leaver, autumn, settings):
    """Though one of them was cleared and published."""
    settings.ADJUSTMENT_LIMIT = 600
    officer = person(Role.FINANCE_OFFICER)
    run = draft(autumn, officer)
    clear_exceptions(run=run, kind=LARGE, reason="The school told us in time", by=officer)
    send_for_checking(run=run, by=officer)
    publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))
    leaver.placements.update(end=None)
    [found] = large(draft(autumn))
    assert (found.pupil, found.cleared_at) == (leaver, None)


def test_page_says_what_it_is_about(leaver, autumn, settings, sign_in):
    settings.ADJUSTMENT_LIMIT = 600
    run = draft(autumn)
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.get(reverse("funding:exception_list", args=[run.pk]), {"kind": "large"})
    assertContains(page, "adjusted by more than the authority’s limit")
    [found] = large(run)
    clear = client.get(reverse("funding:exception_clear", args=[run.pk, found.pk]))
    assertContains(clear, "Adjustment over the limit")
