"""What a year on a band is worth, for who counts in bands (rules.md F2)."""

import datetime as dt
from decimal import Decimal

from banding.models import Framework
from funding.models import BandValue


def annual_values(framework: Framework, day: dt.date) -> dict[tuple[str, str], Decimal]:
    """Pounds a year by code of the band and sector, as in force on the day; known ones alone."""
    rows = BandValue.objects.filter(band__framework=framework, effective_from__lte=day)
    latest = rows.order_by("effective_from").values_list("band__code", "sector", "annual_value")
    found = {(band, sector): value for band, sector, value in latest}
    return {key: value for key, value in found.items() if value is not None}
