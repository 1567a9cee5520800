"""Problems of a template are corrected beside their rows, by the rules of the file (T3, T4)."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from banding.caseload.columns import COLUMNS as CASELOAD
from banding.joiners.forms import JoinerForm
from banding.rounds.columns import COLUMNS as TOLD
from banding.templates_io.workbooks.columns import FIXED_COLUMNS, JOINER_COLUMNS
from banding_portal.files.kinds import Date
from banding_portal.jobs.services import confirm_job
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.mend_forms import DateCellField
from banding_portal.uploads.mending import mend_upload, words_on_screen
from banding_portal.uploads.states import UploadState
from schools.forms.pupils import PupilForm
from schools.kinds import BIRTH_DATE, PLAN_TYPE, UPN
from tests.banding.test_template_uploads import draft
from tests.banding.workbook_files import checked, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def senco(sign_in, pupil_return):
    return sign_in(Role.SENCO, school=pupil_return.school)


@pytest.fixture
def upload(senco, filled, pupil_return, amira, ben):
    """A band that is none, and one without the reason it needs."""
    filled.decide(amira, band="Band Z").decide(ben, level="2", band="C")
    return checked(uploaded(pupil_return, filled.content, by=senco.user))


def mending(upload):
    return reverse("banding:template_upload_mend", args=[upload.pk])


def detail(upload):
    return reverse("banding:template_upload_detail", args=[upload.pk])


def fields(page):
    """Names of the fields by what they are called, of each row."""
    form = page.context["form"]
    return [{each.label: each.html_name for each in cells} for _, cells, _ in form.fieldsets()]


def test_problems_are_corrected_beside_their_rows_and_applied(senco, upload, amira, ben):
    assert upload.state == UploadState.REFUSED
    assertContains(senco.get(detail(upload)), mending(upload))
    page = senco.get(mending(upload))
    assertContains(page, "Khan, Amira")
    assertContains(page, "Band Z (as in the file)")
    first, second = fields(page)
    assert (list(first), list(second)) == (["Band"], ["Reason", "Band"])
    given = {first["Band"]: "B", second["Reason"]: "Known to us", second["Band"]: "C"}
    assertRedirects(senco.post(mending(upload), given), detail(upload))
    checked(upload)
    assert (upload.state, upload.issues) == (UploadState.READY, [])
    assertContains(senco.get(detail(upload)), "“Band Z” became “B”")
    confirm_job(upload, by=senco.user, fingerprint=upload.fingerprint)
    assert checked(upload).state == UploadState.APPLIED
    assert draft(amira).band.code == "B"
    assert draft(ben).difference_reason == "Known to us"


def test_what_is_still_wrong_comes_back_with_what_was_typed(senco, upload):
    first, second = fields(senco.get(mending(upload)))
    senco.post(mending(upload), {first["Band"]: "B", second["Reason"]: "", second["Band"]: "C"})
    [issue] = checked(upload).issues
    assert issue["heading"] == "Reason"
    sheet = load_workbook(io.BytesIO(senco.get(marked(upload)).content))["Pupils"]
    assert "Band Z" not in [cell.value for row in sheet for cell in row]


def marked(upload):
    return reverse("banding:template_upload_marked", args=[upload.pk])


def test_untouched_page_changes_nothing_and_says_so(senco, upload):
    first, second = fields(senco.get(mending(upload)))
    given = {first["Band"]: "Band Z", second["Reason"]: "", second["Band"]: "C"}
    assertContains(
        senco.post(mending(upload), given), "Change at least one cell, or leave a row out"
    )
    upload.refresh_from_db()
    assert (upload.state, upload.mends) == (UploadState.REFUSED, [])


def test_problems_are_errors_of_their_fields_and_say_whom_they_are_about(senco, upload):
    page = senco.get(mending(upload))
    assertContains(page, "<title>Error: Correct the problems")
    assertContains(page, 'class="govuk-error-message"', count=2)
    form = page.context["form"]
    assert form.errors["cell-0-" + letter_of(page, "Band")] == ["Choose A, B or C"]
    assert form.problems()[0].text == f"Khan, Amira, row {form.rows[0].number}: Choose A, B or C"


def letter_of(page, heading):
    return fields(page)[0][heading].rpartition("-")[2]


def test_date_of_a_file_is_corrected_in_three_boxes(senco, filled, pupil_return, amira):
    filled.fill(amira, Change="Left", **{"Date of change": "31/02/2026"})
    upload = checked(uploaded(pupil_return, filled.content, by=senco.user))
    page = senco.get(mending(upload))
    [row] = fields(page)
    name = row["Date of change"]
    for part, value in enumerate(("31", "02", "2026")):
        assertContains(page, f'name="{name}_{part}"')
        assertContains(page, f'value="{value}"')
    typed = {f"{name}_0": "28", f"{name}_1": "feb", f"{name}_2": "2026"}
    senco.post(mending(upload), {row["Change"]: "Left", **typed})
    assert (checked(upload).issues, upload.state) == ([], UploadState.READY)
    assert upload.mends[0]["value"] == "28/02/2026"


@pytest.mark.parametrize(
    ("given", "typed", "becomes"),
    [
        ("soon", ["soon", "", ""], "soon"),
        ("soon", ["", "", ""], ""),
        ("31/02/2026", ["31", "02", "2026"], "31/02/2026"),
        ("2026-02-31", ["31", "02", "2026"], "2026-02-31"),
        ("31/02/26", ["1", "Mar", "26"], "01/03/2026"),
        ("31/02/2026", ["31", "4", "2026"], "31/4/2026"),
        ("", ["1", "", "2026"], "1/2026"),
    ],
)
def test_date_is_kept_as_it_was_or_as_it_was_typed(given, typed, becomes):
    assert DateCellField(initial=given, required=False).clean(typed) == becomes


def test_row_that_is_nobodys_is_left_out(senco, filled, pupil_return, amira, ben):
    filled.decide(ben).fill(amira, Row="3f0a3ad6-6b7a-4d0a-9a4e-2f6b1a1c9d10")
    upload = checked(uploaded(pupil_return, filled.content, by=senco.user))
    page = senco.get(mending(upload))
    assertContains(page, "This row is not about a pupil on this return")
    assert fields(page) == [{}]
    senco.post(mending(upload), {"out-0": "on"})
    assert checked(upload).state == UploadState.READY
    assert [each["who"] for each in upload.preview["changes"]] == ["Kowalski, Ben"]


def test_nothing_is_offered_once_it_is_right_or_never_was_in_rows(senco, pupil_return):
    upload = checked(uploaded(pupil_return, b"", by=senco.user))
    assertNotContains(senco.get(detail(upload)), mending(upload))
    assertRedirects(senco.get(mending(upload)), detail(upload))


def test_file_checked_again_meanwhile_takes_no_corrections(senco, upload):
    upload.state = UploadState.READY
    upload.save()
    with pytest.raises(RefusalError, match="checked again since"):
        mend_upload(upload=upload, mends=[], by=senco.user)


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        (Date(), "This is not a date. Enter",
         "This is not a date. Enter a day, month and year, like 31 1 2027"),
        (BIRTH_DATE, "Enter the date of birth:", "Enter the date of birth, like 31 1 2018"),
        (PLAN_TYPE, "Enter the plan:", "Choose the plan: EHCP or SEN Support"),
        (UPN, "A UPN has 13 characters; this has 3.", ""),
    ],
)  # fmt: skip
def test_words_fit_the_field_on_screen(kind, message, said):
    assert words_on_screen(kind, message, kind.allowed) == said


def test_example_of_a_birth_date_is_in_the_past():
    """Every column of one, and every field of a form: the sentence names a day that can be."""
    columns = [*JOINER_COLUMNS, *FIXED_COLUMNS, *CASELOAD, *TOLD]
    births = [each for each in columns if each.key == "date_of_birth"]
    assert [each.kind for each in births] == [BIRTH_DATE] * 4
    fields = [PupilForm.base_fields["date_of_birth"], JoinerForm.base_fields["date_of_birth"]]
    assert [field.example[-4:] for field in fields] == ["2018", "2018"]
