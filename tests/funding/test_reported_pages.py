"""The run, its exceptions and their pages say what schools reported, without names (B12)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding.returns.services import accept_return
from banding_portal.roles import Role
from funding.choices import ExceptionKind
from funding.selectors.run_page import ExceptionCount
from tests.factories import PeriodFactory, ReturnFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft
from tests.pages import flat
from tests.reporting import joiner_of, report_of

pytestmark = pytest.mark.django_db
LEFT_ON = dt.date(2026, 11, 17)
JOINED_ON = dt.date(2026, 11, 3)
UPN = "A123456789012"
KINDS = {
    "left": "The school says in its return that the pupil has left",
    "not_ours": "was not with it on the reference date",
    "staying_on": "stays after its last year group",
    "no_band": "met without a band",
    "joined": "no officer has placed or refused them yet",
}


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def leaver(period):
    pupil = funded_pupil(surname="Zebedee", forename="Zoe")
    report_of(pupil, "left", LEFT_ON)
    return pupil


@pytest.fixture
def joiner(period):
    return joiner_of(ReturnFactory(), JOINED_ON, surname="Zebedee", upn=UPN)


def list_of(run) -> str:
    return reverse("funding:exception_list", args=[run.pk])


def clear_of(run, **which) -> str:
    return reverse("funding:exception_clear", args=[run.pk, run.exceptions.get(**which).pk])


def test_list_says_what_was_reported_and_when(officer, leaver, joiner, period):
    page = officer.get(list_of(draft(period)))
    for text in (
        "Reported as left on 17 November 2026, not accepted yet",
        "Reported as joined on 3 November 2026, not placed yet",
        leaver.reference,
        UPN,
        joiner.pupil_return.school.name,
    ):
        assertContains(page, text)
    assertNotContains(page, "Zebedee")


def test_sentence_above_counts_only_what_is_left(officer, leaver, joiner, period):
    text = flat(officer.get(list_of(draft(period))).text)
    assert "2 left to clear (reported as left: 1 · reported as joined: 1)" in text


def test_sentence_above_ends_where_nothing_is_left(officer, period):
    text = flat(officer.get(list_of(draft(period))).text)
    assert "0 left to clear" in text
    assert "0 left to clear (" not in text
    assert "changes that schools have reported and nobody has accepted" in text


@pytest.mark.parametrize(("kind", "about"), KINDS.items())
def test_each_kind_says_what_helps(officer, leaver, period, kind, about):
    page = officer.get(f"{list_of(draft(period))}?kind={kind}")
    assertContains(page, about)
    assertContains(page, "calculate again, or say why this can stay.")


def test_run_counts_each_kind(officer, leaver, joiner, period):
    run = draft(period)
    page = officer.get(reverse("funding:run_detail", args=[run.pk]))
    assertContains(page, f"{list_of(run)}?kind=left")
    assertContains(page, f"{list_of(run)}?kind=joined")
    assertNotContains(page, f"{list_of(run)}?kind=staying_on")
    assertContains(page, "Clear the exceptions")


def test_run_says_that_a_return_was_submitted_since(officer, period):
    pupil = funded_pupil()
    run = draft(period)
    report_of(pupil, "left", LEFT_ON)
    page = officer.get(reverse("funding:run_detail", args=[run.pk]))
    assertContains(page, "bands or what schools reported have changed since this run")


def test_leaver_is_cleared_with_a_reason(officer, leaver, period):
    run = draft(period)
    page = officer.get(clear_of(run))
    assertContains(page, "Reported as left on 17 November 2026, not accepted yet")
    assertContains(page, "18 November 2026")
    assertContains(page, "Have the return accepted or sent back")
    assertNotContains(page, "Zebedee")
    page = officer.post(clear_of(run), {"reason": "The school was asked."}, follow=True)
    assertContains(page, f"Cleared: {leaver.reference}.")
    assert run.exceptions.get().cleared_by == officer.user


def test_joiner_is_cleared_with_a_reason(officer, joiner, period):
    run = draft(period)
    page = officer.get(clear_of(run))
    for text in (UPN, "Joiner", joiner.pupil_return.school.name, "3 November 2026"):
        assertContains(page, text)
    assertNotContains(page, "Zebedee")
    page = officer.post(clear_of(run), {"reason": "To be placed next week."}, follow=True)
    assertContains(page, f"Cleared: {joiner.reference}.")


def test_joiner_without_a_upn_says_so(officer, period):
    joiner_of(ReturnFactory(), JOINED_ON)
    assertContains(officer.get(list_of(draft(period))), "No UPN")


def test_all_of_a_kind_are_cleared_at_once(officer, leaver, joiner, period):
    run = draft(period)
    page = officer.post(list_of(run), {"kind": "left", "reason": "All known"}, follow=True)
    assertContains(page, "Cleared: 1.")
    assert run.exceptions.get(cleared_at=None).kind == "joined"


def test_auditor_reads_and_clears_nothing(sign_in, leaver, joiner, period):
    run = draft(period)
    client = sign_in(Role.AUDITOR)
    assertContains(client.get(list_of(run)), "Reported as left on 17 November 2026")
    assert client.get(clear_of(run, kind="left")).status_code == 403


def test_accepting_the_return_takes_it_off_the_next_calculation(officer, leaver, period):
    run = draft(period)
    pupil_return = leaver.return_pupils.get().pupil_return
    accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))
    assertContains(officer.get(list_of(draft(period))), "No exceptions")
    assert run.exceptions.count() == 0


def test_queries_of_the_list_do_not_grow(officer, period):
    def queries(count: int) -> int:
        pupil_return = ReturnFactory()
        for number in range(count):
            report_of(funded_pupil(), "left", LEFT_ON)
            joiner_of(pupil_return, JOINED_ON, forename=f"Joiner {number}")
        url = list_of(draft(period))
        officer.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            officer.get(url)
        return len(captured)

    assert queries(1) == queries(3)


def test_kinds_in_a_row_leave_out_only_what_is_still_to_come():
    def said(kind):
        return str(ExceptionCount(kind, ExceptionKind(kind).label, total=3, left=2))

    assert said("left") == "reported as left: 2"
    assert said("no_school") == "plan and band, but no school: 2"
