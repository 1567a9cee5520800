"""What a year on a band is worth, for who counts in bands (rules.md F2)."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from banding.decisions.agreed_bands import agreed_decisions
from banding.models import Band, Framework
from funding.models import BandValue, FundingPolicy
from schools.choices import PlanType
from schools.models import Plan


def annual_values(framework: Framework, day: dt.date) -> dict[tuple[str, str], Decimal]:
    """Pounds a year by code of the band and sector, as in force on the day; known ones alone."""
    rows = BandValue.objects.filter(band__framework=framework, effective_from__lte=day)
    latest = rows.order_by("effective_from").values_list("band__code", "sector", "annual_value")
    found = {(band, sector): value for band, sector, value in latest}
    return {key: value for key, value in found.items() if value is not None}


def paid_band(pupil: UUID, sector: str, day: dt.date) -> tuple[Band | None, Decimal | None]:
    """The agreed band of a pupil under the framework that pays in a sector on a day (B4, B9), and
    pounds a year on it; each None where there is none.
    """
    found = agreed_decisions().filter(pupil=pupil, effective_from__lte=day)
    policies = FundingPolicy.objects.filter(sector=sector, effective_from__lte=day)
    if policy := policies.select_related("framework").last():
        found = found.filter(framework__code=policy.framework.code)
    if not Plan.objects.on(day).filter(pupil=pupil, plan_type=PlanType.EHCP).exists():
        found = found.filter(Q(settled=True))
    decision = found.select_related("band__framework").first()
    if decision is None or decision.band is None:
        return None, None
    band = decision.band
    return band, annual_values(band.framework, day).get((band.code, sector))
