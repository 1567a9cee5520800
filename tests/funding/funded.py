"""A pupil with everything a line needs, and people of finance."""

import datetime as dt
from itertools import count

from django.utils import timezone

from banding.models import Band, BandDecision
from schools.models import Pupil
from tests.banding.caseload_files import upn
from tests.factories import (
    BandValueFactory,
    FrameworkFactory,
    PlacementFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
)

NUMBERS = count(5_000_000)
SINCE = dt.date(2025, 9, 1)


def band(code: str = "B") -> Band:
    return FrameworkFactory().bands.get(code=code)


def set_value(code: str = "B", annual="3660.00", **fields):
    """The value of a band in mainstream schools; £3,660 is £10 a day of the autumn term."""
    return BandValueFactory(band=band(code), annual_value=annual, **fields)


def agree(pupil: Pupil, code: str = "B", start: dt.date = SINCE) -> BandDecision:
    """A band entered by the authority."""
    return BandDecision.objects.create(
        pupil=pupil,
        framework=band(code).framework,
        band=band(code),
        state="submitted",
        source="authority",
        effective_from=start,
        submitted_at=timezone.now(),
    )


def funded_pupil(school=None, code: str | None = "B", start: dt.date = SINCE, **fields) -> Pupil:
    """A pupil with a UPN, placed with an EHCP, on an agreed band unless `code` is None."""
    pupil = PupilFactory(**{"upn": upn(next(NUMBERS)), **fields})
    PlacementFactory(pupil=pupil, school=school or SchoolFactory(), start=start)
    PlanFactory(pupil=pupil, start=SINCE)
    if code:
        agree(pupil, code)
    return pupil
