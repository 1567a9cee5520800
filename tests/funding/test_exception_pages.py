"""The reason why an exception can stay is kept while it is typed, for its own kind alone."""

import pytest
from django.urls import reverse

from banding_portal.kept_forms.models import KeptForm
from banding_portal.roles import Role
from funding.selectors.cures import cure_of
from tests.banding_portal.typing import TEXT, keep
from tests.factories import PeriodFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft

pytestmark = pytest.mark.django_db
NO_BAND = "no_agreed_band"


@pytest.fixture
def run(db):
    set_value()
    for _ in range(2):
        funded_pupil(code=None)
    return draft(PeriodFactory())


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


def list_of(run):
    return reverse("funding:exception_list", args=[run.pk])


def first_of(run):
    return reverse("funding:exception_clear", args=[run.pk, run.exceptions.first().pk])


def test_reason_for_all_is_back_under_its_own_kind(officer, run):
    keep(officer, list_of(run), kind=NO_BAND, reason=TEXT)
    form = officer.get(f"{list_of(run)}?kind={NO_BAND}").context["form"]
    assert (form["reason"].value(), form["kind"].value()) == (TEXT, NO_BAND)


@pytest.mark.parametrize("query", ["", "?kind=overlap"])
def test_reason_for_all_is_no_reason_for_another_kind(officer, run, query):
    keep(officer, list_of(run), kind=NO_BAND, reason=TEXT)
    page = officer.get(f"{list_of(run)}{query}")
    assert not page.context["form"]["reason"].value()
    assert "was not saved" in page.text
    assert page.text.count(TEXT) == 1


def test_reason_for_all_goes_when_they_are_cleared(officer, run):
    keep(officer, list_of(run), kind=NO_BAND, reason=TEXT)
    asked = officer.post(list_of(run), {"kind": NO_BAND, "reason": TEXT})
    seen = asked.context["form"].data["asked_about"]
    why = {"kind": NO_BAND, "reason": TEXT, "is_right": "on", "asked_about": seen}
    officer.post(list_of(run), why)
    assert not run.exceptions.filter(cleared_at=None).exists()
    assert KeptForm.objects.count() == 0


def test_reason_for_one_is_back_and_goes_when_it_is_cleared(officer, run):
    keep(officer, first_of(run), reason=TEXT)
    assert officer.get(first_of(run)).context["form"]["reason"].value() == TEXT
    officer.post(first_of(run), {"reason": TEXT})
    assert KeptForm.objects.count() == 0


def test_run_sent_for_checking_meanwhile_leaves_the_reason_to_copy(officer, run):
    keep(officer, first_of(run), reason=TEXT)
    type(run).objects.filter(pk=run.pk).update(state="checked", sent_by=officer.user,
                                               sent_at=run.prepared_at)  # fmt: skip
    page = officer.get(first_of(run))
    assert "This run is being checked." in page.text
    assert (TEXT in page.text, "<textarea" in page.text) == (True, False)
    officer.post(first_of(run), {"typed": "discard"})
    assert officer.get(first_of(run)).url == reverse("funding:run_detail", args=[run.pk])


def test_exception_leads_to_where_it_is_put_right(sign_in, officer, run):
    exception = run.exceptions.first()
    where = reverse("schools:pupil_detail", args=[exception.pupil_id])
    assert where not in officer.get(list_of(run)).text  # finance asks the SEND operations team
    assert f"{where}?back=" in sign_in(Role.AUDITOR).get(list_of(run)).text


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("overlap", "/pupils/"),
        ("no_school", "/pupils/"),
        ("not_open", "/pupils/"),
        ("no_agreed_band", "/pupils/"),
        ("two_amounts", "/exceptional-requests/?q="),
        ("left", "/leavers/"),
        ("not_ours", "/returns/?school="),
        ("staying_on", "/returns/?school="),
        ("no_band", "/returns/?school="),
    ],
)
def test_each_kind_has_its_cure(run, kind, address):
    exception = run.exceptions.first()
    exception.kind = kind
    assert address in cure_of(exception).url


def test_reader_of_the_list_is_told_of_no_form(sign_in, run):
    text = sign_in(Role.AUDITOR).get(f"{list_of(run)}?kind={NO_BAND}").text
    assert "Clear them all" not in text
    assert "was not saved" not in text
