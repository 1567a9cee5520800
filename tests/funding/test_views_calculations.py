"""Pages of a calculation: following it, cancelling it, and what came of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.jobs.progress import Report
from banding_portal.jobs.states import JobState
from banding_portal.roles import Role
from funding.models import Run, RunCalculation
from funding.services.calculations import start_calculation
from tests.factories import PeriodFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
NEW = "/runs/new/"


@pytest.fixture
def period(db):
    set_value()
    funded_pupil()
    return PeriodFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def job(period, officer):
    return start_calculation(period=period, by=officer.user)


def page_of(job: RunCalculation) -> str:
    return reverse("funding:calculation_detail", args=[job.pk])


def put(job: RunCalculation, state: str, **fields) -> RunCalculation:
    RunCalculation.objects.filter(pk=job.pk).update(
        state=state, changed_at=timezone.now(), **fields
    )
    job.refresh_from_db()
    return job


def test_two_presses_lead_to_the_same_page(period, officer):
    urls = {officer.post(NEW, {"period": period.code}).url for _ in range(2)}
    assert urls == {page_of(RunCalculation.objects.get())}


def test_page_says_how_far_it_is_and_that_one_may_leave(job, officer):
    assertContains(officer.get(page_of(job)), "Waiting for its turn")
    Report(job)(2, 5)
    page = officer.get(page_of(job))
    assertContains(page, "2 of 5 steps done. Now: exceptions")
    assertContains(page, "Calculate autumn term 2026")
    assertContains(page, "You can leave this page.")
    assertContains(page, "an earlier draft of the period stays as it is")


def test_progress_fragment_sends_for_the_run_when_done(job, officer):
    asking = {"HX-Request": "true"}
    fragment = officer.get(page_of(job), headers=asking)
    assertContains(fragment, "every 1s")
    assertNotContains(fragment, "<html")
    work_on(job)
    assert officer.get(page_of(job), headers=asking)["HX-Refresh"] == "true"
    response = officer.get(page_of(job), follow=True)
    assertRedirects(response, reverse("funding:run_detail", args=[job.run_id]))
    assertContains(response, "Calculated: 1 line, control total £1,220.00.")


def test_calculation_that_another_followed_says_no_old_figures(job, officer):
    work_on(job)
    funded_pupil()
    draft(job.period)
    response = officer.get(page_of(job), follow=True)
    assertNotContains(response, "Calculated:")
    assertContains(response, "£2,440.00")


def test_time_at_work_is_said(job, officer):
    since = timezone.now() - dt.timedelta(minutes=3, seconds=5)
    RunCalculation.objects.update(changed_at=since, attempts=1)
    assertContains(officer.get(page_of(job)), "Running for 3 minutes.")


def test_failed_calculation_has_its_reference_and_another_try(job, officer):
    put(job, JobState.FAILED, reference="1234ABCD")
    page = officer.get(page_of(job))
    for text in ("1234ABCD", "It is not your fault", "a draft made before is as it was"):
        assertContains(page, text)
    assertContains(page, f'href="{NEW}?period={job.period.code}"')


def test_refused_calculation_says_why(job, officer):
    put(job, JobState.CANCELLED)
    checked(job.period)
    work_on(put(job, JobState.WAITING))
    assertContains(officer.get(page_of(job)), "This run is being checked. Send it back before")


def test_cancelling_is_for_officers(job, officer, client):
    assertContains(officer.get(page_of(job)), 'value="cancel"')
    client.force_login(person(Role.FINANCE_AUTHORISER))
    page = client.get(page_of(job))
    assertContains(page, "Waiting for its turn")
    assertNotContains(page, 'value="cancel"')
    assert client.post(page_of(job), {"action": "cancel"}).status_code == 403


def test_cancelled_calculation_says_who_did_it(job, officer):
    page = officer.post(page_of(job), {"action": "cancel"}, follow=True)
    assertContains(page, f"Cancelled by {officer.user}")
    again = officer.post(page_of(job), {"action": "cancel"}, follow=True)
    assertContains(again, "cannot become")


def test_run_being_calculated_leads_there_and_offers_no_move(period, officer):
    run = draft(period)
    url = reverse("funding:run_detail", args=[run.pk])
    assertContains(officer.get(url), "Send for checking")
    job = start_calculation(period=period, by=officer.user)
    page = officer.get(url)
    assertContains(page, page_of(job))
    assertContains(page, f"{officer.user} has started a new calculation.")
    for word in ("Send for checking", "Calculate again"):
        assertNotContains(page, word)


def test_run_says_that_its_last_calculation_came_to_nothing(period, officer):
    run = draft(period)
    put(start_calculation(period=period, by=officer.user), JobState.FAILED)
    url = reverse("funding:run_detail", args=[run.pk])
    assertContains(officer.get(url), "The last calculation did not finish")
    draft(period)
    assertNotContains(officer.get(url), "The last calculation did not finish")


@pytest.mark.parametrize("name", ["home", "run_list"])
def test_lists_name_calculations_until_they_are_done(name, job, officer):
    url = reverse(f"funding:{name}")
    assertContains(officer.get(url), page_of(job))
    assertContains(officer.get(url), "Waiting for its turn")
    put(job, JobState.FAILED)
    assertContains(officer.get(url), "Could not be finished")
    RunCalculation.objects.update(changed_at=timezone.now() - dt.timedelta(days=8))
    assertNotContains(officer.get(url), page_of(job))
    work_on(start_calculation(period=job.period, by=officer.user))
    assertNotContains(officer.get(url), "/calculations/")
    assert Run.objects.count() == 1


@pytest.mark.parametrize("name", ["home", "run_list"])
def test_queries_of_lists_do_not_grow_with_calculations(name, officer):
    counts = []
    for year in (2027, 2028, 2029):
        period = PeriodFactory(
            code=f"{year}", start=f"{year}-01-01", end=f"{year}-03-31", count_date=f"{year}-01-15"
        )
        start_calculation(period=period, by=person(Role.FINANCE_OFFICER))
        with CaptureQueriesContext(connection) as queries:
            assertContains(officer.get(reverse(f"funding:{name}")), "/calculations/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
