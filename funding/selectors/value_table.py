"""Band values as a table: what each band is worth in a sector now, and before and after (F2)."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from banding.models import Band, Framework
from funding.models import BandValue


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A band in a sector. `current` is in force on the day; None where nothing is yet."""

    band: Band
    sector: str
    current: BandValue | None
    coming: list[BandValue]
    past: list[BandValue]


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """The bands of a framework in one sector."""

    framework: Framework
    sector: str
    rows: list[ValueRow]


def value_groups(day: dt.date) -> list[ValueGroup]:
    """All values by framework, sector and band, as of a day; one query."""
    values = BandValue.objects.select_related("band__framework").order_by(
        "band__framework__name",
        "band__framework__version",
        "sector",
        "band__rank",
        "-effective_from",
    )
    groups = []
    for _, found in groupby(values, lambda value: (value.band.framework_id, value.sector)):
        of_group = list(found)
        rows = [_row(list(of_band), day) for _, of_band in groupby(of_group, lambda v: v.band_id)]
        first = of_group[0]
        groups.append(ValueGroup(first.band.framework, first.get_sector_display(), rows))
    return groups


def _row(values: list[BandValue], day: dt.date) -> ValueRow:
    """`values` are of one band and sector, the newest first."""
    begun = [value for value in values if value.effective_from <= day]
    coming = [value for value in values if value.effective_from > day]
    first = values[0]
    return ValueRow(first.band, first.sector, begun[0] if begun else None, coming[::-1], begun[1:])


def bands_without_value() -> list[Band]:
    """Bands that no sector has a value for, by framework; one query."""
    bands = Band.objects.filter(values=None).select_related("framework")
    return list(bands.order_by("framework__name", "framework__version", "rank"))
