"""Information sheets to test with."""

import datetime as dt

from django.utils import timezone

from banding_portal.roles import Role
from schools.information_sheets.lines import read_lines
from schools.information_sheets.services import Written, publish_sheet, write_sheet
from schools.models import InformationSheet
from tests.factories import person


def written(**given) -> Written:
    usual = {
        "title": "Autumn banding exercise",
        "text": "The exercise opens on Monday.",
        "contact": "SEND operations, 01632 960 100",
        "shown_from": timezone.localdate(),
        "shown_until": timezone.localdate() + dt.timedelta(days=14),
        "roles": sorted(Role.values),
        "lines": read_lines(given.pop("lines", "")),
    }
    return Written(**usual | given)


def draft_sheet(*, by=None, **given) -> InformationSheet:
    return write_sheet(written=written(**given), by=by or person(Role.ADMINISTRATOR))


def published_sheet(*, by=None, **given) -> InformationSheet:
    by = by or person(Role.ADMINISTRATOR)
    return publish_sheet(sheet=draft_sheet(by=by, **given), by=by)


def sheets_of(school, mark: str) -> dict[str, InformationSheet]:
    """A sheet for everybody of the school's quadrant, and the draft of one."""
    quadrants = [school.quadrant.code]
    return {
        "sheet": published_sheet(title=f"{mark} sheet", quadrants=quadrants),
        "draft_sheet": draft_sheet(title=f"{mark} draft"),
    }
