"""Band values and the framework that pays (rules.md F2, B4)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import money
from funding.models import BandValue, FundingPolicy
from schools.choices import Sector
from schools.models import User

LARGEST = Decimal("99999999.99")
PENNY = Decimal("0.01")
OVERTAKEN = (
    "Somebody else has set it to {amount} in the meantime, from the same day. Look at the band "
    "values again before you set another one."
)


@verb
def set_band_value(
    *,
    band: Band,
    sector: str,
    effective_from: dt.date,
    annual_value: Decimal | None,
    instead_of: str | None = None,
    by: User,
) -> BandValue:
    """Set what a band is worth a year in a sector from a date; None is not known yet.

    `instead_of` is what the person saw stored for it, as `stored_value` says; without it nobody
    is asked. Raises RefusalError for an unknown sector, a negative amount or parts of a penny, and
    where somebody else has set another value in the meantime.
    """
    if sector not in Sector.values:
        raise RefusalError("Choose a sector.")
    if annual_value is not None:
        if not 0 <= annual_value <= LARGEST:
            raise RefusalError("Enter an annual value from £0.00 to £99,999,999.99.")
        if annual_value != annual_value.quantize(PENNY):
            raise RefusalError("Enter the annual value in pounds and whole pence.")
    key: dict[str, Any] = {"band": band, "sector": sector, "effective_from": effective_from}
    defaults = {"annual_value": annual_value}
    value, is_new = BandValue.objects.select_for_update().get_or_create(**key, defaults=defaults)
    if is_new or value.annual_value == annual_value:
        return value
    if instead_of not in (None, in_store(value)):
        raise RefusalError(OVERTAKEN.format(amount=money(value.annual_value, "not known yet")))
    value.annual_value = annual_value
    value.save(update_fields=["annual_value"])
    return value


def stored_value(*, band: Band, sector: str, effective_from: dt.date) -> str:
    """What is stored for exactly this day: an amount, “unknown”, or “nothing”."""
    found = BandValue.objects.filter(band=band, sector=sector, effective_from=effective_from)
    value = found.first()
    return in_store(value) if value else "nothing"


def in_store(value: BandValue) -> str:
    return "unknown" if value.annual_value is None else str(value.annual_value)


@verb
def remove_band_value(*, value: BandValue, by: User) -> None:
    """Take a value away as if it had never been set; what it has paid in published periods is
    adjusted by the next run.
    """
    value.delete()


@verb
def remove_funding_policy(*, policy: FundingPolicy, by: User) -> None:
    """Take an entry away: the one before it pays on. Raises nothing; runs are refused where it is
    not said then which framework pays.
    """
    policy.delete()


@verb
def set_funding_policy(
    *, sector: str, framework: Framework, effective_from: dt.date, by: User
) -> FundingPolicy:
    """Name the framework that pays in a sector from a date (B4). Raises RefusalError."""
    if sector not in Sector.values:
        raise RefusalError("Choose a sector.")
    policy, _ = FundingPolicy.objects.update_or_create(
        sector=sector, effective_from=effective_from, defaults={"framework": framework}
    )
    return policy
