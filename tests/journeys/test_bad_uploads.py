"""Bad files, from the page where a person sends them to the sentence they read.

Each walk ends with nothing changed. The faults one by one are the tests of each app.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from banding.models import (
    BandDecision,
    CaseloadUpload,
    Framework,
    FrameworkUpload,
    Joiner,
    TemplateUpload,
)
from banding.templates_io.services import issue_template
from banding_portal.roles import Role
from funding.models import (
    BandValue,
    CalendarUpload,
    PaymentCalendar,
    PaymentsUpload,
    SchoolDaysUpload,
    ValuesUpload,
)
from schools.models import Placement, Plan, Pupil, RegisterUpload, School
from tests.banding import caseload_files
from tests.banding.workbook_files import Filled
from tests.banding_portal import bad_workbooks as bad
from tests.factories import (
    FrameworkFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
)
from tests.jobs import work_on
from tests.schools import register_files

pytestmark = pytest.mark.django_db
KEPT = (
    *(School, Pupil, Placement, Plan, BandDecision, Joiner),
    *(Framework, BandValue, PaymentCalendar),
)


def counts() -> dict[type[Model], int]:
    return {model: model.objects.count() for model in KEPT}


def page_after(client, model: Any, url: str, content: bytes, name: str, **fields: str) -> str:
    """What the person reads in the end; nothing may have changed on the way."""
    before = counts()
    sent = client.post(url, {"file": SimpleUploadedFile(name, content), **fields})
    if sent.status_code == 302:
        upload = model.objects.get()
        work_on(upload)
        sent = client.get(sent.url)
        assert "Nothing has been saved" in sent.content.decode()
        assert client.post(sent.request["PATH_INFO"], {"action": "apply"}).status_code == 302
        work_on(upload)
    assert counts() == before
    return sent.content.decode()


# The register of schools


def test_register_without_a_column_names_it(sign_in):
    headings = [name for name in register_files.HEADINGS if name != "StatutoryHighAge"]
    content = register_files.as_csv([register_files.school_row(900001)], headings)
    text = page_after(
        sign_in(Role.ADMINISTRATOR), RegisterUpload, reverse("schools:register_upload"),
        content, "register.csv", kind="schools",
    )  # fmt: skip
    assert "The column “StatutoryHighAge” is missing." in text


# A caseload with each fault

FAULTS = {
    "unknown school": ({"school_urn": "123456"}, "123456"),
    "bad UPN": ({"upn": "A999200000001"}, "A999200000001"),
    "bad date": ({"date_of_birth": "31/02/2018"}, "31/02/2018"),
    "end before start": ({"placement_end": "2025-08-31"}, "before the start"),
    "unknown framework": ({"band_framework": "no-such"}, "no-such"),
    "unknown band": ({"band": "Z"}, "Its bands are A, B, C."),
}


def caseload_page(sign_in, rows) -> str:
    FrameworkFactory()
    SchoolFactory(urn="900001")
    return page_after(
        sign_in(Role.ADMINISTRATOR), CaseloadUpload, reverse("banding:caseload_upload"),
        caseload_files.as_csv(rows), "caseload.csv", academic_year="2026",
    )  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_caseload_with_one_fault_names_row_column_and_value(sign_in, fault):
    values, said = FAULTS[fault]
    good, wrong = caseload_files.caseload_row(1), caseload_files.caseload_row(2, **values)
    text = caseload_page(sign_in, [good, wrong])
    assert "There is 1 problem in this file" in text
    assert said in text
    column = caseload_files.HEADINGS.index(next(iter(values)))
    assert f"{'ABCDEFGHIJKLMNOPQ'[column]}3" in text


def test_caseload_with_two_upns_for_one_pupil_says_so(sign_in):
    later = {"upn": caseload_files.upn(2), "placement_start": "2026-09-01"}
    rows = [caseload_files.caseload_row(1), caseload_files.caseload_row(1, **later)]
    assert "two UPNs" in caseload_page(sign_in, rows)


def test_caseload_with_one_upn_for_two_pupils_says_so(sign_in):
    rows = [
        caseload_files.caseload_row(1),
        caseload_files.caseload_row(2, upn=caseload_files.upn(1)),
    ]
    assert "999-1 in row 2" in caseload_page(sign_in, rows)


# A template


@pytest.fixture
def pupil_return():
    return ReturnPupilFactory().pupil_return


def template_page(sign_in, pupil_return, content: bytes, name: str = "autumn.xlsx") -> str:
    client = sign_in(Role.SENCO, school=pupil_return.school)
    url = reverse("banding:template_upload", args=[pupil_return.pk])
    return page_after(client, TemplateUpload, url, content, name)


def test_template_of_another_school_says_whose_it_is(sign_in, pupil_return):
    other = ReturnFactory(collection=pupil_return.collection)
    text = template_page(sign_in, pupil_return, Filled(other).content)
    assert f"This template is for the school with URN {other.school.urn}" in text


def test_old_template_is_taken_and_new_pupils_are_named(sign_in, pupil_return):
    old = Filled(pupil_return).decide(2).content
    row = ReturnPupilFactory(pupil_return=pupil_return)
    issue_template(pupil_return=pupil_return, by=UserFactory())
    text = template_page(sign_in, pupil_return, old)
    assert row.pupil.surname in text
    assert "Not in the file. Nothing about this pupil will change" in text
    assert "Apply these decisions" in text


PROTECTED = bad.OLE + "EncryptedPackage".encode("utf-16-le")
HOSTILE = {
    "no old Excel": (bad.OLE, "autumn.xls", "The file is from another program"),
    "no old Excel renamed": (bad.OLE, "autumn.xlsx", "The file is from another program"),
    "password": (PROTECTED, "autumn.xlsx", "The file is protected with a password"),
    "zip bomb": (bad.bomb(70), "autumn.xlsx", "60 MB"),
    "lying zip bomb": (bad.lying_bomb(), "autumn.xlsx", "damaged"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_file_that_is_no_template_says_what_to_do(sign_in, pupil_return, kind):
    content, name, said = HOSTILE[kind]
    assert said in template_page(sign_in, pupil_return, content, name)


# Band values, payment calendars, frameworks

CONFIGURATION = {
    "values": (Role.FINANCE_OFFICER, ValuesUpload, "funding:value_upload", ".csv"),
    "calendar": (Role.FINANCE_OFFICER, CalendarUpload, "funding:calendar_upload", ".json"),
    "school days": (Role.FINANCE_OFFICER, SchoolDaysUpload, "funding:school_days_upload", ".csv"),
    "payments": (Role.FINANCE_OFFICER, PaymentsUpload, "funding:payments_upload", ".csv"),
    "framework": (Role.ADMINISTRATOR, FrameworkUpload, "banding:framework_upload", ".json"),
}


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("values", b"framework,band,sector,annual_value\n", "“effective_from” is missing"),
        ("values", b"\x89PNG\r\n\x1a\n\0", "The file is not a .csv file"),
        ("school days", b"date\n2026-09-01\n", "“is_school_day” is missing"),
        ("payments", b"document,amount\nX,1\n", "“paid_on” is missing"),
        ("calendar", b'{"year": "26/27", "periods": []}', "Write the year like 2026-27."),
        ("calendar", b"{", "The file is not JSON: something is wrong in line 1"),
        ("calendar", bad.bomb(2), "The file is named .json but is not one."),
        ("framework", b'{"code": 7}', "The code must be text in quotation marks."),
        ("framework", b"[" * 100_000, "The file is not JSON in UTF-8."),
        ("framework", b"", "empty"),
    ],
)
def test_file_of_configuration_says_what_is_wrong(sign_in, kind, content, said):
    role, model, name, ending = CONFIGURATION[kind]
    text = page_after(sign_in(role), model, reverse(name), content, f"file{ending}")
    assert said in text
