"""What a new band value is compared with, to ask about a slip of the keyboard (rules.md F2)."""

import datetime as dt
from decimal import Decimal

from banding.models import Band
from funding.calculation.outliers import oddity_of
from funding.models import BandValue


def oddity_of_value(*, band: Band, sector: str, annual: Decimal | None, day: dt.date) -> str:
    """Why the value is asked about, as an end of a sentence; empty if it is not. Two queries."""
    values = BandValue.objects.filter(sector=sector, annual_value__isnull=False)
    in_force = values.filter(band=band, effective_from__lte=day).order_by("-effective_from")
    before = in_force.values_list("annual_value", flat=True).first()
    of_others = values.filter(band__framework=band.framework_id).exclude(band=band)
    others = () if before else of_others.values_list("annual_value", flat=True)
    return oddity_of(annual, before, (other for other in others if other is not None))
