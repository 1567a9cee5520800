"""A draft's files say that they are a draft's; a published run's are the same bytes each time."""

import hashlib
import io

import openpyxl
import pytest
from django.urls import reverse

from banding_portal.roles import Role
from funding.exports.schedule import file_name, write_schedule
from funding.models import Run
from tests.factories import PeriodFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db
FORMS = ["csv", "ledger-csv", "xlsx", "lines-csv"]


@pytest.fixture
def period():
    set_value()
    funded_pupil()
    return PeriodFactory()


def write(run, form) -> bytes:
    file = io.BytesIO()
    write_schedule(Run.objects.get(pk=run.pk), form, file)
    return file.getvalue()


@pytest.mark.parametrize("make", [draft, checked])
@pytest.mark.parametrize("form", ["csv", "ledger-csv"])
def test_first_row_of_a_file_that_is_not_published_says_so(make, form, period):
    first, second = write(make(period), form).decode().splitlines()[:2]
    assert first.startswith('"Draft, not published. Do not pay from it. Calculated ')
    assert "Amount" in second.split(",")


def test_first_row_of_a_workbook_that_is_not_published_says_so(period):
    book = openpyxl.load_workbook(io.BytesIO(write(draft(period), "xlsx")))
    what, figure = [cell.value for cell in book["Summary"][2]]
    assert what == "Draft"
    assert figure.startswith("Draft, not published.")


@pytest.mark.parametrize("form", ["csv", "ledger-csv", "xlsx"])
def test_file_of_a_published_run_says_nothing_of_a_draft(form, period):
    run = published(period)
    assert b"Draft" not in write(run, form)
    assert "draft" not in file_name(run, form)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("csv", "schedule-2026-autumn-run-1-draft.csv"),
        ("ledger-csv", "schedule-2026-autumn-run-1-draft-ledger.csv"),
        ("xlsx", "schedule-2026-autumn-run-1-draft.xlsx"),
        ("lines-csv", "lines-2026-autumn-run-1-draft.csv"),
    ],
)
def test_name_of_a_draft_says_so(form, name, period):
    assert file_name(draft(period), form) == name


@pytest.mark.parametrize("form", FORMS)
def test_file_of_a_published_run_has_the_same_bytes_each_time(form, period):
    run = published(period)
    assert write(run, form) == write(run, form)


def test_hash_on_the_page_is_of_a_file_that_can_be_downloaded(period, sign_in):
    run = published(period)
    client = sign_in(Role.AUDITOR)
    page = client.get(reverse("funding:schedule", args=[run.pk])).content.decode()
    url = reverse("funding:schedule_download", args=[run.pk, "lines-csv"])
    assert url in page
    assert run.lines_hash in page
    content = b"".join(client.get(url).streaming_content)
    assert hashlib.sha256(content).hexdigest() == run.lines_hash
