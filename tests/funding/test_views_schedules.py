"""Pages of the workbook of a schedule: asked for, followed, downloaded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding_portal.database.owner import as_who_connected
from banding_portal.jobs.progress import Report
from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import JobState
from banding_portal.roles import Role
from funding.models import Line, ScheduleExport
from funding.services.exports import start_schedule
from tests.factories import PeriodFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db):
    set_value()
    funded_pupil()
    return draft(PeriodFactory())


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


@pytest.fixture
def page(run):
    return reverse("funding:schedule", args=[run.pk])


def press(run, client):
    return client.post(reverse("funding:schedule_make", args=[run.pk]))


def detail(export) -> str:
    return reverse("funding:schedule_detail", args=[export.pk])


def file_of(export) -> str:
    return reverse("funding:schedule_file", args=[export.pk])


def test_two_presses_lead_to_the_same_page(run, officer):
    urls = {press(run, officer).url for _ in range(2)}
    assert urls == {detail(ScheduleExport.objects.get())}


def test_address_of_the_button_leads_back(run, officer, page):
    assertRedirects(officer.get(reverse("funding:schedule_make", args=[run.pk])), page)
    assert not ScheduleExport.objects.exists()


def test_page_says_how_far_it_is_then_leads_to_the_file(run, officer, page):
    press(run, officer)
    export = ScheduleExport.objects.get()
    Report(export)(2, 5)
    assertContains(officer.get(detail(export)), "2 of 5 lines written")
    shown = officer.get(page)
    assertContains(shown, f"The file is being made for {officer.user}.")
    assertNotContains(shown, "Make the Excel file")
    work_on(export)
    shown = officer.get(detail(export), follow=True)
    assertRedirects(shown, page)
    assertContains(shown, file_of(export))
    assertContains(shown, "1 line, control total £1,220.00.")
    assertContains(shown, f"for {officer.user}")


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.FINANCE_AUTHORISER, Role.AUDITOR])
def test_one_file_is_downloaded_by_everybody_in_finance(run, role, sign_in):
    export = work_on(start_schedule(run=run, by=person(Role.FINANCE_OFFICER)))
    response = sign_in(role).get(file_of(export))
    assert response.content == bytes(export.content)
    assert response["Content-Disposition"] == (
        'attachment; filename="schedule-2026-autumn-run-1-draft.xlsx"'
    )


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.MODERATION_LEAD, Role.ADMINISTRATOR])
def test_other_roles_neither_ask_nor_download(run, role, sign_in):
    export = work_on(start_schedule(run=run, by=person(Role.FINANCE_OFFICER)))
    client = sign_in(role)
    assert client.get(file_of(export)).status_code == 403
    assert client.get(detail(export)).status_code == 403
    assert press(run, client).status_code == 403
    assert ScheduleExport.objects.get() == export


def test_file_that_is_not_made_is_not_found(run, officer):
    export = start_schedule(run=run, by=officer.user)
    assert officer.get(file_of(export)).status_code == 404
    cancel_job(export, by=officer.user)
    assert officer.get(file_of(export)).status_code == 404


def test_cancelled_on_its_page(run, officer, page):
    export = start_schedule(run=run, by=officer.user)
    assertContains(officer.get(detail(export)), 'value="cancel"')
    officer.post(detail(export), {"action": "cancel"})
    export.refresh_from_db()
    assert export.state == JobState.CANCELLED
    shown = officer.get(detail(export))
    assertContains(shown, f"Cancelled by {officer.user}")
    assertContains(shown, page)
    assertContains(officer.get(page), "Make the Excel file")


def test_file_that_could_not_be_made_says_why(run, officer, page):
    with as_who_connected():
        Line.objects.filter(run=run).update(amount=1)
    export = work_on(start_schedule(run=run, by=officer.user))
    assertContains(officer.get(page), "The last file that was asked for could not be made.")
    assertContains(officer.get(detail(export)), "The file was not made")


def test_old_file_is_told_to_be_old(run, officer, page):
    work_on(start_schedule(run=run, by=officer.user))
    assertNotContains(officer.get(page), "The run has changed since this file was made.")
    funded_pupil()
    draft(run.period)
    assertContains(officer.get(page), "The run has changed since this file was made.")


def test_page_of_the_schedule_never_reads_the_file(run, officer, page):
    counts = []
    for _ in range(3):
        work_on(start_schedule(run=run, by=officer.user))
        start_schedule(run=run, by=officer.user)
        with CaptureQueriesContext(connection) as queries:
            officer.get(page)
        assert not [query for query in queries if '"content"' in query["sql"]]
        counts.append(len(queries))
    assert len(set(counts)) == 1
