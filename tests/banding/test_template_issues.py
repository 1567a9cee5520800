"""Every problem of a filled-in template is told at once, at its own place (rules.md T2-T5, B3)."""

import datetime as dt

import pytest
from django.utils import timezone
from openpyxl import Workbook

from banding.models import BandDecision, IssuedTemplate
from banding.templates_io.services import issue_template
from banding_portal.uploads.states import UploadState
from tests.banding.workbook_files import Filled, uploaded
from tests.banding_portal import bad_workbooks as bad
from tests.factories import (
    ReturnFactory,
)
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


def issues_of(pupil_return, content, name="autumn.xlsx"):
    upload = uploaded(pupil_return, content, name)
    work_on(upload)
    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert not BandDecision.objects.filter(state="draft").exists()
    return upload.issues


def only_message(pupil_return, content, name="autumn.xlsx"):
    [issue] = issues_of(pupil_return, content, name)
    return issue["message"]


# The file, the sheet and the version


def test_file_the_gate_refuses_is_told(pupil_return):
    assert only_message(pupil_return, b"") == "The file is empty."


def test_password_is_told(pupil_return):
    content = bad.OLE + "EncryptedPackage".encode("utf-16-le")
    assert only_message(pupil_return, content)[:42] == "The file is protected with a password. In "


def test_workbook_of_somebody_else_is_refused(pupil_return):
    assert (
        only_message(pupil_return, bad.workbook())[:40]
        == "The file has no sheet called “Pupils”. U"
    )


def test_sheet_without_mark_is_refused(pupil_return):
    book = Workbook()
    book.active.title = "pupils"
    message = only_message(pupil_return, bad.saved(book))
    assert message[:36] == "This is not a template of the portal"


def test_template_of_another_school_is_refused(pupil_return, amira):
    other = ReturnFactory(collection=pupil_return.collection)
    message = only_message(pupil_return, Filled(other).content)
    assert message == (
        f"This template is for the school with URN {other.school.urn}, but this return is of "
        f"{pupil_return.school} (URN {pupil_return.school.urn}). Download the template from the "
        "return’s page and copy your answers into it."
    )


def test_template_of_another_collection_is_refused(pupil_return, amira):
    other = ReturnFactory(school=pupil_return.school)
    message = only_message(pupil_return, Filled(other).content)
    assert message.startswith(
        f"This template is for “{other.collection}”, but this return is for "
        f"“{pupil_return.collection}”."
    )


def test_template_of_other_levels_or_bands_is_refused(pupil_return, filled):
    old = filled.decide(2).content
    pupil_return.collection.framework.bands.filter(code="B").update(name="Band B plus")
    issue_template(pupil_return=pupil_return, by=None)
    assert only_message(pupil_return, old).startswith(
        "This is version 1 of the template. The framework’s levels or bands have changed since."
    )


@pytest.mark.parametrize(
    "tamper", [lambda mark: mark[:-1] + "!", lambda mark: mark.replace("/1/", "/2/")]
)
def test_template_with_broken_signature_is_refused(pupil_return, filled, tamper):
    for number in (2, 3):
        filled.fill(number, Template=tamper(filled.cell(number, "Template").value))
    message = only_message(pupil_return, filled.content)
    assert message.startswith("The template’s signature is not right")


def test_signature_of_another_installation_is_refused(pupil_return, filled, settings):
    settings.SECRET_KEY = "another"
    theirs = Filled(pupil_return)
    assert IssuedTemplate.objects.count() == 2
    message = only_message(pupil_return, filled.content)
    assert message.startswith("This is version 1 of the template.")
    assert theirs.file.issued.version == 2


# The headings


def test_headings_missing_and_twice_are_all_told(pupil_return, filled):
    filled.pupils["L1"], filled.pupils["N1"], filled.pupils["O1"] = "Bnad", "Change", "CHANGE"

    issues = issues_of(pupil_return, filled.content)

    assert [(i["cell"], i["heading"], i["message"][:36]) for i in issues] == [
        ("O1", "Change", "The column “Change” is there twice: "),
        ("P1", "Change", "The column “Change” is there twice: "),
        ("1", "Band", "The column “Band” is missing. Is it "),
        ("1", "Reason", "The column “Reason” is missing. Copy"),
        ("1", "Rationale", "The column “Rationale” is missing. C"),
    ]


def test_hidden_column_removed_is_told(pupil_return, filled):
    filled.pupils.delete_cols(filled.headings()["Row"])
    assert only_message(pupil_return, filled.content).startswith(
        "The column “Row” is missing. It is a hidden column of the template."
    )


def test_joiner_heading_missing_is_told(pupil_return, filled):
    filled.add_joiner().joiners["A1"] = "Name"
    [issue] = issues_of(pupil_return, filled.content)
    assert (issue["sheet"], issue["heading"]) == ("Joiners", "Surname")


# The rows


def test_deadline_passed_is_told(pupil_return, filled):
    content = filled.decide(2).content
    collection = pupil_return.collection
    collection.deadline = timezone.localdate() - dt.timedelta(days=1)
    collection.save()
    assert only_message(pupil_return, content).startswith("The deadline was")
