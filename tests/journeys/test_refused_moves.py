"""Moves the portal does not make: the sentence a person reads, and nothing changed."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from banding.models import Framework, FrameworkUpload
from banding_portal.roles import Role
from funding.models import CalendarUpload, PaymentCalendar, Run
from funding.services.publishing import send_for_checking
from funding.services.runs import calculate_run
from tests.banding.test_framework_rules import POINTED
from tests.browser import files
from tests.factories import PeriodFactory, ReturnPupilFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import sent_anyway
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


def text_after(client, name: str, *args, **data) -> str:
    response = client.post(reverse(name, args=args), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def json_file(data: dict) -> SimpleUploadedFile:
    return SimpleUploadedFile("file.json", json.dumps(data).encode())


def text_once_checked(client, model, name: str, data: dict) -> str:
    page = client.post(reverse(name), {"file": json_file(data)})
    work_on(model.objects.get())
    return client.get(page.url).content.decode()


def test_calendar_that_does_not_sum_to_one_is_not_loaded(sign_in):
    year = json.loads(files.calendar())
    year["periods"][0]["numerator"] = 3
    client = sign_in(Role.FINANCE_OFFICER)
    text = text_once_checked(client, CalendarUpload, "funding:calendar_upload", year)
    assert "The fractions must add up to 1, but 3/12 + 8/12 is 11/12." in text
    assert PaymentCalendar.objects.count() == 0


def test_framework_without_levels_is_not_loaded(sign_in):
    empty = POINTED | {"areas": [area | {"levels": []} for area in POINTED["areas"]]}
    client = sign_in(Role.ADMINISTRATOR)
    text = text_once_checked(client, FrameworkUpload, "banding:framework_upload", empty)
    assert "The area has no levels." in text
    assert Framework.objects.count() == 0


def test_unfinished_return_is_not_submitted(sign_in):
    row = ReturnPupilFactory()
    pupil_return = row.pupil_return
    client = sign_in(Role.SENCO, school=pupil_return.school)
    text = text_after(client, "banding:return_submit", pupil_return.pk, declared="on")
    assert "1 pupil still needs a band" in text
    pupil_return.refresh_from_db()
    assert pupil_return.state == "not_started"


@pytest.fixture
def officer():
    """Somebody who prepares runs and may publish those of others."""
    both = person(Role.FINANCE_OFFICER)
    both.memberships.create(role=Role.FINANCE_AUTHORISER)
    return both


def test_run_with_unvalued_lines_is_not_published(sign_in, officer):
    funded_pupil(code="A")
    run = sent_anyway(by=officer)
    text = text_after(sign_in(Role.FINANCE_AUTHORISER), "funding:run_publish", run.pk)
    assert "1 line is on a band without a value. Set the values first." in text
    assert Run.objects.get().state == "checked"


def test_own_run_is_not_published(client, officer):
    set_value()
    funded_pupil()
    run = send_for_checking(run=calculate_run(period=PeriodFactory(), by=officer), by=officer)
    client.force_login(officer)
    text = text_after(client, "funding:run_publish", run.pk)
    assert "You prepared this run. Somebody else has to publish it." in text
    assert Run.objects.get().state == "checked"
