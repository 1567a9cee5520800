"""A return with two pupils, as the tests of templates fill it in."""

import pytest

from tests.banding.workbook_files import Filled
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory


@pytest.fixture
def pupil_return(db):
    return ReturnFactory()


@pytest.fixture
def amira(pupil_return):
    pupil = PupilFactory(surname="Khan", forename="Amira", school=pupil_return.school)
    return ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)


@pytest.fixture
def ben(pupil_return):
    pupil = PupilFactory(surname="Kowalski", forename="Ben", school=pupil_return.school)
    return ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)


@pytest.fixture
def filled(pupil_return, amira, ben):
    """Khan, Amira is in row 2, Kowalski, Ben in row 3; levels in J and K, the band in L."""
    return Filled(pupil_return)
