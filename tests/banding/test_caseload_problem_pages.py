"""Thousands of problems of a caseload with one cause: one line, a list and a file."""

import csv
import io

import pytest

from banding.models import CaseloadUpload
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.caseload_files import caseload_row, upn
from tests.banding.test_caseload_uploads import apply, page_of, send_file
from tests.factories import FrameworkFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SMALL = 60_000
"""Bytes of a page."""


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    FrameworkFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


@pytest.fixture
def refused(officer):
    rows = [caseload_row(n, school_urn=str(910000 + n % 7)) for n in range(3000)]
    return send_file(officer, *rows, caseload_row(3000, surname=""))


def test_page_of_thousands_of_problems_is_small(officer, refused):
    page = officer.get(page_of(refused))
    assert (refused.state, len(refused.issues)) == (UploadState.REFUSED, 3001)
    assert len(page.content) < SMALL
    text = " ".join(page.text.split())
    assert "There are 3,001 problems in this file" in text
    assert "row 2, 3, 4 and 2,997 more" in text
    assert "910000, 910001, 910002 and 4 more" in text
    assert text.count("No school in the portal has this URN.") == 1
    assert "999-3000" in text


def test_rows_of_a_cause_are_a_list(officer, refused, django_assert_num_queries):
    with django_assert_num_queries(4):
        page = officer.get(page_of(refused), {"cause": "1", "page": "2"})
    assert "G102" in page.text
    assert "G101" not in page.text
    assert len(page.content) < SMALL


def test_every_problem_is_in_the_file_to_download(officer, refused):
    response = officer.get(page_of(refused), {"problems": "csv"})
    assert response["Content-Disposition"] == 'attachment; filename="problems.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3001
    assert rows[0] == {
        "Sheet": "",
        "Row": "2",
        "Cell": "G2",
        "Heading": "school_urn",
        "About": "999-0",
        "Given": "910000",
        "What is wrong": "No school in the portal has this URN.",
        "Allowed": "",
    }


def test_text_of_the_file_does_not_become_a_formula(officer):
    upload = send_file(officer, caseload_row(school_urn="=1+1"))
    assert "'=1+1" in officer.get(page_of(upload), {"problems": "csv"}).text


def test_cause_that_is_not_there_shows_the_page(officer, refused):
    assert "3,001 problems" in officer.get(page_of(refused), {"cause": "99"}).text


def test_warnings_of_one_cause_are_ticked_once(officer):
    apply(officer, send_file(officer, *(caseload_row(n) for n in range(10))))
    upload = send_file(officer, *(caseload_row(n, upn=upn(n + 100)) for n in range(10)))
    page = officer.get(page_of(upload)).text
    assert "This is right: all 10" in page
    assert page.count("govuk-checkboxes__input") == 1
    fingerprint = {"action": "apply", "fingerprint": upload.fingerprint}
    assert "Tick “This is right” for all 10" in officer.post(page_of(upload), fingerprint).text
    officer.post(page_of(upload), {**fingerprint, "warning-0": "on"})
    assert CaseloadUpload.objects.get(pk=upload.pk).state == UploadState.CONFIRMED
