"""Band values and the framework that pays (rules.md F2, B4)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.uploads.results import Issue
from banding_portal.verbs import verb
from funding.models import BandValue, FundingPolicy
from funding.services.errors import ValuesError
from funding.values_file import ValueRow, issue, read_values_file
from schools.choices import Sector
from schools.models import User

LARGEST = Decimal("99999999.99")
PENNY = Decimal("0.01")


@dataclass(slots=True)
class ValuesLoaded:
    """How many rows the file has, and what became of them."""

    values: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def load_band_values(content: bytes) -> ValuesLoaded:
    """Set the values of a CSV file, all or nothing; the same file again changes nothing.

    A framework's code means its newest version. Raises ValuesError with an issue for every fault.
    """
    rows, issues = read_values_file(content)
    bands = _newest_bands({row.framework for row in rows})
    issues += [found for row in rows for found in _problems_with(row, bands)]
    issues += _repeated(rows)
    if not rows and not issues:
        issues = [Issue("The file has no values.")]
    if issues:
        raise ValuesError(sorted(issues, key=lambda found: found.row or 0))
    return _save(rows, bands)


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


def _newest_bands(codes: set[str]) -> dict[str, dict[str, Band]]:
    """The bands of the newest version of each framework, by framework code and band code."""
    found: dict[str, dict[str, Band]] = {}
    frameworks = Framework.objects.filter(code__in=codes).prefetch_related("bands")
    for framework in frameworks.order_by("effective_from", "version"):
        found[framework.code] = {band.code: band for band in framework.bands.all()}
    return found


def _problems_with(row: ValueRow, bands: dict[str, dict[str, Band]]) -> list[Issue]:
    problems = []
    of_framework = bands.get(row.framework)
    if of_framework is None:
        message = "There is no such framework." if row.framework else "The framework is missing."
        problems.append(issue(row.row, "framework", row.framework, message))
    elif row.band not in of_framework:
        message = f"The framework {row.framework} has no such band."
        allowed = f"One of {', '.join(of_framework)}."
        problems.append(issue(row.row, "band", row.band, message, allowed))
    if row.sector not in Sector.values:
        allowed = f"One of {', '.join(Sector.values)}."
        problems.append(issue(row.row, "sector", row.sector, "There is no such sector.", allowed))
    return problems


def _repeated(rows: Iterable[ValueRow]) -> list[Issue]:
    seen: dict[tuple, int] = {}
    problems = []
    for row in rows:
        if row.effective_from is None:
            continue
        first = seen.setdefault((row.framework, row.band, row.sector, row.effective_from), row.row)
        if first != row.row:
            message = f"Row {first} already has this band, sector and date."
            problems.append(issue(row.row, "effective_from", row.given_day, message))
    return problems


@transaction.atomic
def _save(rows: list[ValueRow], bands: dict[str, dict[str, Band]]) -> ValuesLoaded:
    loaded = ValuesLoaded(values=len(rows))
    wanted = {
        (bands[row.framework][row.band].pk, row.sector, row.effective_from): row.annual_value
        for row in rows
        if row.effective_from
    }
    stored = BandValue.objects.filter(band__in={band for band, _, _ in wanted})
    existing = {(value.band_id, value.sector, value.effective_from): value for value in stored}
    changed = []
    for key, annual in wanted.items():
        value = existing.get(key)
        if value is not None and value.annual_value != annual:
            value.annual_value = annual
            changed.append(value)
    new = [
        BandValue(band_id=band, sector=sector, effective_from=day, annual_value=annual)
        for (band, sector, day), annual in wanted.items()
        if (band, sector, day) not in existing
    ]
    BandValue.objects.bulk_create(new)
    BandValue.objects.bulk_update(changed, ["annual_value"])
    loaded.created, loaded.updated = len(new), len(changed)
    loaded.unchanged = len(rows) - loaded.created - loaded.updated
    return loaded
