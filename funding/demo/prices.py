"""Payment calendars and band values, in the formats the authority would load."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

from banding.demo.pupils import TOP_UP
from banding.models import Framework
from banding_portal.demo.files import load
from banding_portal.demo.timeline import Timeline, terms_of
from funding.services.calendars import import_payment_calendar
from funding.services.value_files import import_band_values
from funding.services.values import set_funding_policy
from schools.choices import Sector
from schools.models import User
from schools.register_rules import academic_year_name

COUNT_DATE = 30
FIRST = dt.date(2012, 9, 1)
RISE = Decimal("1.03")
VALUES = {
    Sector.MAINSTREAM: ("1380", "2460", "4350", "7920"),
    Sector.SPECIAL: ("3600", "6480", "11250", "17400"),
    Sector.ALTERNATIVE_PROVISION: ("1950", "3300", "6240", "9900"),
    Sector.EARLY_YEARS: ("1140", "2010", "3660", "6300"),
    Sector.POST_16: ("1500", "2700", "4800", "8700"),
    Sector.INDEPENDENT: ("4200", "7500", "12900", "19800"),
    Sector.OUT_OF_SCHOOL: ("4200", "7500", "12900", "19800"),
}
NOT_KNOWN = ("4", Sector.INDEPENDENT)
"""Band and sector whose value is still being negotiated from this term on."""


def seed_calendars(timeline: Timeline) -> None:
    for year in (timeline.academic_year - 1, timeline.academic_year):
        periods = [
            {
                "code": term.code,
                "name": term.name,
                "start": term.start.isoformat(),
                "end": term.end.isoformat(),
                "count_date": term.day(COUNT_DATE).isoformat(),
                "numerator": term.twelfths,
                "denominator": 12,
            }
            for term in terms_of(year)
        ]
        name = academic_year_name(year)
        calendar = {"year": name, "proration": "calendar_days", "periods": periods}
        content = json.dumps(calendar).encode()
        load(import_payment_calendar, filename="calendar.json", content=content)


def seed_values(timeline: Timeline, by: User) -> None:
    """Values since long ago, a rise each April, and one not known yet; the old bands pay."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(["framework", "band", "sector", "annual_value", "effective_from"])
    for sector, values in VALUES.items():
        for band, value in enumerate(values, start=1):
            lines.writerow([TOP_UP, band, sector, value, FIRST])
            lines.writerows(rises(timeline, str(band), sector, Decimal(value)))
    load(import_band_values, filename="values.csv", content=out.getvalue().encode())
    framework = Framework.objects.get(code=TOP_UP)
    for sector in Sector:
        set_funding_policy(sector=sector, framework=framework, effective_from=FIRST, by=by)


def rises(timeline: Timeline, band: str, sector: str, value: Decimal) -> list[list[object]]:
    """Rows of the file: 3 per cent each 1 April, until the value is not known any more."""
    rows: list[list[object]] = []
    for year in (timeline.academic_year, timeline.academic_year + 1):
        value = (value * RISE).quantize(Decimal(1))
        day = dt.date(year, 4, 1)
        if (band, sector) != NOT_KNOWN or day < timeline.term.start:
            rows.append([TOP_UP, band, sector, value, day])
    if (band, sector) == NOT_KNOWN:
        rows.append([TOP_UP, band, sector, "", timeline.term.start])
    return rows
