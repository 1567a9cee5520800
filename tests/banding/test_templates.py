"""Issuing templates: versions, signatures, names (rules.md T1, T2, R3)."""

import pytest

from banding.models import Area, IssuedTemplate, Level
from banding.templates_io.services import issue_template, template_file
from banding_portal.refusals import RefusalError
from tests.factories import ReturnFactory, ReturnPupilFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil_return():
    pupil_return = ReturnFactory()
    ReturnPupilFactory(pupil_return=pupil_return)
    return pupil_return


def issue(pupil_return):
    return issue_template(pupil_return=pupil_return, by=UserFactory())


def test_same_content_is_the_same_version(pupil_return):
    first, second = issue(pupil_return), issue(pupil_return)

    assert (first.pk, first.version) == (second.pk, 1)
    pupil_return.refresh_from_db()
    assert pupil_return.template_version == 1


def test_new_pupil_makes_a_new_version(pupil_return):
    first = issue(pupil_return)
    ReturnPupilFactory(pupil_return=pupil_return)
    second = issue(pupil_return)

    assert (first.version, second.version, len(second.row_keys)) == (1, 2, 2)
    assert first.signature != second.signature


def test_new_level_makes_a_new_version(pupil_return):
    issue(pupil_return)
    Level.objects.create(area=Area.objects.first(), code="9", rank=9, descriptor="More.")

    assert issue(pupil_return).version == 2


def test_pupil_renamed_stays_the_same_version(pupil_return):
    ReturnPupilFactory(pupil_return=pupil_return)
    issue(pupil_return)
    row = pupil_return.pupils.first()
    row.pupil.surname = "Zzz"
    row.pupil.save()

    assert issue(pupil_return).version == 1


def test_signatures_differ_between_schools(pupil_return):
    other = ReturnFactory(collection=pupil_return.collection)
    assert issue(pupil_return).signature != issue(other).signature


def test_file_name_says_nothing_of_pupils(pupil_return):
    file = template_file(issue(pupil_return))
    code, urn = pupil_return.collection.code, pupil_return.school.urn
    assert file.name == f"{code}-{urn}-version-1.xlsx"


def test_no_template_after_submitting(pupil_return):
    pupil_return.state = "accepted"
    pupil_return.submitted_by, pupil_return.submitted_at = UserFactory(), "2026-01-01T00:00Z"
    pupil_return.save()

    with pytest.raises(RefusalError, match="accepted this return"):
        issue(pupil_return)
    assert not IssuedTemplate.objects.exists()
