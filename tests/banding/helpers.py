"""Short ways to set up returns with pupils on them."""

from banding.decisions.services import save_draft
from banding.models import BandDecision, Return, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.roles import Role
from tests.factories import ReturnFactory, ReturnPupilFactory, person

LEVELS = {"cl": "2", "ci": "1"}
"""Suggests Band B in the framework of the factories."""


def return_with_pupils(count: int = 1, **fields) -> tuple[Return, list[ReturnPupil]]:
    pupil_return = ReturnFactory(**fields)
    return pupil_return, [ReturnPupilFactory(pupil_return=pupil_return) for _ in range(count)]


def senco_of(pupil_return: Return):
    return person(Role.SENCO, school=pupil_return.school)


def band_of(row: ReturnPupil, code: str):
    return row.pupil_return.collection.framework.bands.get(code=code)


def decide(row: ReturnPupil, by=None, *, code: str | None = "B", **given) -> BandDecision:
    """Save a draft for a pupil, by default a complete one."""
    choice = {
        "levels": LEVELS,
        "band": band_of(row, code) if code else None,
        "difference_reason": "",
        "rationale": "",
        "version": None,
    }
    by = by or senco_of(row.pupil_return)
    return save_draft(return_pupil=row, by=by, **(choice | given))


def submitted_return(count: int = 1, **fields) -> tuple[Return, list[ReturnPupil]]:
    """A return whose pupils are all decided with Band B, submitted."""
    pupil_return, rows = return_with_pupils(count, **fields)
    senco = senco_of(pupil_return)
    for row in rows:
        decide(row, senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    pupil_return.refresh_from_db()
    return pupil_return, rows
