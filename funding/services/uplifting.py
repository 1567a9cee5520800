"""The annual uplift: values of a framework raised by a percentage from a day (rules.md F2)."""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day, money
from funding.calculation.uplifting import uplifted
from funding.models import BandValue
from funding.services.values import LARGEST
from schools.choices import Sector
from schools.models import User

NOTHING = "No band of this framework has a value there on that day. Set the values first."
OVERTAKEN = "Somebody else has changed these values in the meantime. Look at what it does again."
NAMED = 5


@dataclass(frozen=True, slots=True)
class Uplift:
    """A band in a sector: pounds a year until the day, and from it."""

    band: Band
    sector: str
    before: Decimal
    after: Decimal

    def __str__(self) -> str:
        where = f"{self.band.name}, {Sector(self.sector).label.lower()}"
        return f"{where}: {money(self.before)} becomes {money(self.after)}"


def plan_uplift(
    *,
    framework: Framework,
    sectors: Collection[str],
    percent: Decimal,
    step: Decimal,
    effective_from: dt.date,
) -> list[Uplift]:
    """What it would set, by sector and rank; a value that is not known stays so. Raises
    RefusalError where a band has a value from that day or later already, and where there is
    nothing to raise.
    """
    values = BandValue.objects.filter(band__framework=framework, sector__in=sectors)
    in_order = values.select_related("band").order_by("effective_from")
    later = [value for value in in_order if value.effective_from >= effective_from]
    if later:
        raise RefusalError(_said_of_later(later), field="effective_from")
    latest = {(value.band_id, value.sector): value for value in in_order}
    found = [
        Uplift(value.band, value.sector, annual, uplifted(annual, percent, step))
        for value in latest.values()
        if (annual := value.annual_value) is not None
    ]
    if not found:
        raise RefusalError(NOTHING, field="effective_from")
    if any(each.after > LARGEST for each in found):
        raise RefusalError("A value would be over £99,999,999.99.", field="percent")
    order = list(Sector.values)
    return sorted(found, key=lambda each: (order.index(each.sector), each.band.rank))


def mark_of(plan: Sequence[Uplift]) -> str:
    """Of a plan, to see whether it is still the one that somebody was shown."""
    rows = "\n".join(f"{each.band.pk} {each.sector} {each.before} {each.after}" for each in plan)
    return hashlib.sha256(rows.encode()).hexdigest()


@verb
def uplift_values(
    *,
    framework: Framework,
    sectors: Collection[str],
    percent: Decimal,
    step: Decimal,
    effective_from: dt.date,
    seen: str,
    by: User,
) -> list[Uplift]:
    """Set the values; returns them. `seen` is the mark of the plan the person was shown. Raises
    RefusalError as `plan_uplift` does, and where the plan is another one now.
    """
    # One at a time: the second of two finds what the first has set.
    Framework.objects.select_for_update().get(pk=framework.pk)
    plan = plan_uplift(
        framework=framework,
        sectors=sectors,
        percent=percent,
        step=step,
        effective_from=effective_from,
    )
    if mark_of(plan) != seen:
        raise RefusalError(OVERTAKEN)
    set_all(plan, effective_from)
    return plan


def set_all(plan: Sequence[Uplift], effective_from: dt.date) -> None:
    BandValue.objects.bulk_create(
        BandValue(
            band=each.band,
            sector=each.sector,
            annual_value=each.after,
            effective_from=effective_from,
        )
        for each in plan
    )


def _said_of_later(later: Sequence[BandValue]) -> str:
    names = [
        f"{value.band.name}, {value.get_sector_display().lower()}, from {day(value.effective_from)}"
        for value in later[:NAMED]
    ]
    more = f" and {len(later) - NAMED:,} more" if len(later) > NAMED else ""
    return (
        f"Values are set already from that day or later: {'; '.join(names)}{more}. Choose a later "
        "day, or leave the sector out."
    )
