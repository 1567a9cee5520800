"""The pages of imports that were kept: the list, the changes, undoing."""

import csv
import io

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from schools.choices import ImportKind
from schools.models import ImportRecord, Placement, Pupil
from schools.services.import_records import keep_record
from tests.banding.caseload_files import caseload_row
from tests.banding.test_caseload_undo import load
from tests.factories import FrameworkFactory, SchoolFactory, person

pytestmark = pytest.mark.django_db
LIST = reverse("schools:import_list")


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001", name="Ash School")
    FrameworkFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def page_of(record, name="import_detail"):
    return reverse(f"schools:{name}", args=[record.pk])


def test_list_says_that_there_is_none(officer):
    assert "No imports yet" in officer.get(LIST).text


@pytest.mark.parametrize("count", [1, 3])
def test_list_needs_the_same_queries_for_any_number(officer, count, django_assert_num_queries):
    for number in range(count):
        load(caseload_row(number), filename=f"file-{number}.csv", by=person(Role.ADMINISTRATOR))
    with django_assert_num_queries(5):
        page = officer.get(LIST).text
    assert page.count("file-") == count


def test_officer_sees_no_import_of_the_register(officer):
    SchoolFactory(urn="900009")
    ImportRecord.objects.create(kind=ImportKind.REGISTER, filename="register.csv")
    assert "register.csv" not in officer.get(LIST).text


@pytest.mark.parametrize("count", [1, 3])
def test_changes_need_the_same_queries_for_any_number(officer, count, django_assert_num_queries):
    record = load(*(caseload_row(number) for number in range(count)))
    with django_assert_num_queries(8):
        page = officer.get(page_of(record)).text
    assert page.count("Placement at Ash School") == count
    assert "Undo this import" in page


def test_changes_are_found_by_name(officer):
    record = load(caseload_row(1), caseload_row(2))
    page = officer.get(page_of(record), {"search": "invented2"}).text
    assert "Invented2" in page
    assert "Invented1" not in page
    assert "No changes match" in officer.get(page_of(record), {"search": "nobody"}).text


def test_changes_are_a_file_too(officer):
    record = load(caseload_row(1))
    response = officer.get(page_of(record), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["About", "What", "Before", "After", "Undone"]
    assert rows[1] == ["Invented1, Amira (999-1)", "Pupil", "", "new", ""]
    assert len(rows) == 5
    assert "Invented" not in response["Content-Disposition"]


def test_undo_is_asked_first_then_done(officer):
    record = load(caseload_row(1))
    page = officer.get(page_of(record, "import_undo")).text
    assert "4 changes can be undone" in " ".join(page.split())
    response = officer.post(page_of(record, "import_undo"), follow=True)
    assert "4 changes undone." in response.text
    assert "Undone" in response.text
    assert Pupil.objects.count() == 0
    assert "All" in officer.get(LIST).text


def test_what_cannot_be_undone_is_named_and_to_be_ticked(officer):
    record = load(caseload_row(1), caseload_row(2))
    Placement.objects.filter(pupil__reference="999-1").update(end="2026-08-31")
    page = officer.get(page_of(record, "import_undo")).text
    assert "4 changes can no longer be undone" in " ".join(page.split())
    assert "It was changed since." in page
    refused = officer.post(page_of(record, "import_undo")).text
    assert "Tick that the rest is to stay" in refused
    assert Pupil.objects.count() == 2
    done = officer.post(page_of(record, "import_undo"), {"leave_the_rest": "on"}, follow=True)
    assert "4 changes undone. 4 changes stay." in done.text
    assert Pupil.objects.get().reference == "999-1"
    assert "All but 4" in officer.get(LIST).text
    left = officer.get(page_of(record), {"left": "on"}).text
    assert "Invented2" not in left


def test_page_to_undo_what_is_undone_leads_back(officer):
    record = load(caseload_row(1))
    officer.post(page_of(record, "import_undo"))
    response = officer.get(page_of(record, "import_undo"), follow=True)
    assert "has been undone already" in response.text


def test_auditor_looks_and_undoes_nothing(sign_in):
    record = load(caseload_row(1))
    client = sign_in(Role.AUDITOR)
    assert "Undo this import" not in client.get(page_of(record)).text
    assert client.get(page_of(record, "import_undo")).status_code == 403


def test_nothing_written_is_no_record():
    assert (
        keep_record(kind=ImportKind.CASELOAD, filename="x", written=[], by=None, job=None) is None
    )
