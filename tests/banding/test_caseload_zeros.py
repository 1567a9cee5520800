"""References that lost their leading zeros are noticed, names in the wrong letters asked about."""

import pytest

from schools.models import Pupil
from schools.selectors.matches import same_but_for_zeros
from tests.banding.caseload_files import as_csv, caseload_row
from tests.banding.test_caseload_faults import run
from tests.factories import FrameworkFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    FrameworkFactory()


def warned(*references):
    result = run(as_csv([caseload_row(pupil_id=each, upn="") for each in references]))
    assert result.issues == []
    # The matcher asks as well where the names are alike.
    return [(each.row, each.message) for each in result.warnings if "zeros" in each.message]


def said(known):
    return (
        f"There is a pupil with the reference {known}. Excel takes leading zeros away: "
        "is this the same pupil?"
    )


@pytest.mark.parametrize(
    ("known", "given"), [("000123", "123"), ("0123", "123"), ("123", "00123"), ("00123", "0123")]
)
def test_reference_that_lost_its_zeros_is_asked_about(known, given):
    PupilFactory(reference=known)
    assert warned(given) == [(2, said(known))]


@pytest.mark.parametrize(
    ("known", "given"), [("1230", "123"), ("A0123", "A123"), ("000123", "124"), ("123", "1123")]
)
def test_other_reference_is_not_asked_about(known, given):
    PupilFactory(reference=known)
    assert warned(given) == []


def test_pupil_who_is_known_is_not_asked_about():
    PupilFactory(reference="000123")
    PupilFactory(reference="123", surname="Other")
    assert warned("123") == []


def test_two_in_one_file_are_both_asked_about():
    assert warned("000123", "123") == [(2, said("123")), (3, said("000123"))]


def test_none_given_finds_none(django_assert_num_queries):
    PupilFactory(reference="000123")
    with django_assert_num_queries(1):
        assert same_but_for_zeros(["999-1", "123", "77"]) == {"123": "000123"}
    assert same_but_for_zeros([]) == {}


@pytest.mark.parametrize(
    ("surname", "encoding"),
    [("NuÃ±ez", "utf-8"), ("Núñez", "mac_roman"), ("NuÌ\x81nÌƒez", "utf-8")],
)
def test_caseload_in_the_wrong_letters_is_put_right_and_asked_about(surname, encoding):
    content = as_csv([caseload_row(pupil_id="1", surname=surname)]).decode().encode(encoding)
    result = run(content)
    assert [
        each.message.partition(". ")[0] for each in result.warnings if each.who == "the whole file"
    ] == ["Some letters of this file seem to have been garbled"]
    assert Pupil.objects.get().surname in ("Nuñez", "Núñez", "Nu\u0301n\u0303ez")
