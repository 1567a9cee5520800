"""Band values and the framework that pays (rules.md F2, B4)."""

import datetime as dt
from decimal import Decimal

from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from funding.models import BandValue, FundingPolicy
from schools.choices import Sector
from schools.models import User

LARGEST = Decimal("99999999.99")
PENNY = Decimal("0.01")


@verb
def set_band_value(
    *, band: Band, sector: str, effective_from: dt.date, annual_value: Decimal | None, by: User
) -> BandValue:
    """Set what a band is worth a year in a sector from a date; None is not known yet.

    Raises RefusalError for an unknown sector, a negative amount or parts of a penny.
    """
    if sector not in Sector.values:
        raise RefusalError("Choose a sector.")
    if annual_value is not None:
        if not 0 <= annual_value <= LARGEST:
            raise RefusalError("Enter an annual value from £0.00 to £99,999,999.99.")
        if annual_value != annual_value.quantize(PENNY):
            raise RefusalError("Enter the annual value in pounds and whole pence.")
    value, _ = BandValue.objects.update_or_create(
        band=band,
        sector=sector,
        effective_from=effective_from,
        defaults={"annual_value": annual_value},
    )
    return value


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
