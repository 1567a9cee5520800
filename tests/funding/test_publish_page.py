"""What the authoriser sees before publishing: what was cleared, debts, like for like (F7)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.selectors.movements import compare_with_last_period
from funding.selectors.remittances import payees_below_zero
from funding.selectors.run_page import Cleared, cleared_in
from funding.selectors.runs import schools_below_zero
from funding.services.exceptions import clear_exception, clear_exceptions
from funding.services.publishing import publish_run, send_back, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 31)


@pytest.fixture
def autumn():
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer():
    return person(Role.FINANCE_OFFICER, name="Ada Officer")


def publish(period, officer):
    run = calculate_run(period=period, by=officer)
    send_for_checking(run=run, by=officer)
    return publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


def page_of(run):
    client = Client()
    client.force_login(person(Role.FINANCE_AUTHORISER))
    return client.get(reverse("funding:run_publish", args=[run.pk]))


def test_what_was_cleared_is_shown_with_who_and_why(autumn, officer):
    funded_pupil()
    pupils = [funded_pupil(code=None) for _ in range(3)]
    run = calculate_run(period=autumn, by=officer)
    one = run.exceptions.get(pupil=pupils[0])
    clear_exception(exception=one, reason="At panel on Friday.", by=officer)
    clear_exceptions(run=run, kind="no_agreed_band", reason="Not banded yet.", by=officer)
    assert cleared_in(run) == [
        Cleared("No agreed band", 2, "Ada Officer", "Not banded yet."),
        Cleared("No agreed band", 1, "Ada Officer", "At panel on Friday."),
    ]
    send_for_checking(run=run, by=officer)
    page = page_of(run)
    assertContains(page, "Exceptions that were cleared")
    assertContains(page, "At panel on Friday.")
    assertContains(page, "Ada Officer")


def test_run_without_exceptions_says_so(autumn, officer):
    funded_pupil()
    run = calculate_run(period=autumn, by=officer)
    send_for_checking(run=run, by=officer)
    page = page_of(run)
    assertContains(page, "No exceptions had to be cleared.")
    assertNotContains(page, "owe more than they are paid")


def test_school_that_owes_more_than_it_is_paid_is_named(autumn, spring, officer):
    """£1,220 were paid for the autumn; the pupil had left on 31 October: 61 days too many."""
    left, stays = SchoolFactory(name="Alder School"), SchoolFactory(name="Birch School")
    pupil = funded_pupil(left)
    funded_pupil(stays)
    publish(autumn, officer)
    pupil.placements.update(end=OCTOBER)
    run = calculate_run(period=spring, by=officer)
    [below] = schools_below_zero(run)
    assert (below["school_name"], below["amount"]) == ("Alder School", Decimal("-610.00"))
    send_for_checking(run=run, by=officer)
    assertContains(page_of(run), "Schools that owe more than they are paid")


@pytest.mark.parametrize(("shared", "named"), [("TRUST1", []), ("", ["Alder School"])])
def test_payee_that_owes_more_than_it_is_paid_is_named(autumn, spring, officer, shared, named):
    """A trust is one payee: what one of its schools owes is taken from the others."""
    left = SchoolFactory(name="Alder School", payee_reference=shared)
    stays = SchoolFactory(name="Birch School", payee_reference=shared)
    pupil = funded_pupil(left)
    funded_pupil(stays)
    publish(autumn, officer)
    pupil.placements.update(end=OCTOBER)
    run = calculate_run(period=spring, by=officer)
    assert [row["name"] for row in payees_below_zero(run)] == named
    send_for_checking(run=run, by=officer)
    page = page_of(run)
    assert ("Payees who owe more than they are paid" in page.text) == bool(named)
    assertContains(page, "Schools that owe more than they are paid")


def test_terms_of_different_shares_are_compared_like_for_like(autumn, spring, officer):
    """4/12 and 3/12 of the same pupils are 25 % less, and like for like the same."""
    funded_pupil()
    publish(autumn, officer)
    comparison = compare_with_last_period(calculate_run(period=spring, by=officer))
    assert (comparison.before, comparison.total) == (Decimal("1220.00"), Decimal("915.00"))
    assert comparison.share == 0


def test_adjustments_are_no_part_of_like_for_like(autumn, spring, officer):
    funded_pupil()
    leaver = funded_pupil()
    publish(autumn, officer)
    leaver.placements.update(end=OCTOBER)
    comparison = compare_with_last_period(calculate_run(period=spring, by=officer))
    assert comparison.total == Decimal("305.00")
    assert comparison.share == Decimal("-0.5")


def sent(period, officer):
    run = calculate_run(period=period, by=officer)
    send_for_checking(run=run, by=officer)
    return run


def test_what_changed_after_sending_is_shown_with_how_much(autumn, officer):
    """The pupil left on 31 October: £610 of the £1,220 that the run pays."""
    pupil = funded_pupil()
    funded_pupil()
    run = sent(autumn, officer)
    pupil.placements.update(end=OCTOBER)
    page = page_of(run)
    [row] = page.context["drift"].largest
    assert (row.reference, row.before, row.after, row.change) == (
        *(pupil.reference, Decimal("1220.00"), Decimal("610.00")),
        Decimal("-610.00"),
    )
    assertContains(page, "1 line of 1 pupil, −£610.00 in all, from £2,440.00 to £1,830.00.")


def test_what_changed_without_moving_money_says_so(autumn, officer):
    pupil = funded_pupil()
    run = sent(autumn, officer)
    pupil.upn = "A123456789012"
    pupil.save()
    assertContains(page_of(run), "would be the same if it were calculated now")


def test_nothing_is_said_while_nothing_has_changed(autumn, officer):
    funded_pupil()
    page = page_of(sent(autumn, officer))
    assert page.context["drift"] is None
    assertNotContains(page, "if it were calculated now")


def test_page_that_was_opened_before_the_run_was_calculated_again_publishes_nothing(
    autumn, officer
):
    funded_pupil()
    run = calculate_run(period=autumn, by=officer)
    send_for_checking(run=run, by=officer)
    client = Client()
    client.force_login(person(Role.FINANCE_AUTHORISER))
    url = reverse("funding:run_publish", args=[run.pk])
    run.refresh_from_db()
    assertContains(client.get(url), run.lines_hash)
    send_back(run=run, by=officer)
    funded_pupil()
    send_for_checking(run=calculate_run(period=autumn, by=officer), by=officer)
    with pytest.raises(RefusalError, match="calculated again after this page was opened"):
        publish_run(run=run, seen=run.lines_hash, by=person(Role.FINANCE_AUTHORISER))
    again = type(run).objects.get(pk=run.pk)
    published = publish_run(run=again, seen=again.lines_hash, by=person(Role.FINANCE_AUTHORISER))
    assert published.state == "published"
