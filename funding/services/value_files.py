"""Band values from a file (interfaces.md, rules.md F2): all or nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from banding.models import Band, Framework
from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.files.tables import Table, TableLine, read_table
from banding_portal.folding import fold
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.words import money, short_day
from funding.file_columns import VALUE_COLUMNS, VALUE_LIMITS
from funding.models import BandValue
from funding.selectors.odd_values import oddity_of_value
from funding.services.effects import payments_since
from schools.choices import Sector

UNKNOWN = "not known yet"
KEYS = ("framework", "band", "sector", "effective_from")


def import_band_values(_: Progress, *, filename: str, content: bytes) -> Result:
    """Set the values of a file; the same file again changes nothing.

    Call it inside a transaction and roll back when the result has issues. A framework's code
    means its version in force on the value's date; an empty value is not known yet.
    """
    table = read_table(filename, content, VALUE_COLUMNS, VALUE_LIMITS)
    bands = known_bands({line.text("framework") for line in table.lines})
    rows: dict[tuple[Any, ...], TableLine] = {}
    for line in table.lines:
        check_band(line, bands)
        check_once(line, rows)
    if table.issues:
        return Result(issues=table.issues)
    odd = [note for line in table.lines if (note := odd_note(line, bands))]
    days = [line["effective_from"] for line in table.lines]
    payments = payments_since(min(days)) if days else None
    preview = save(table, bands)
    preview.notes = [str(effect) for effect in payments.effects()] if payments else []
    return Result(warnings=[*table.warnings, *odd], preview=preview.as_dict())


@dataclass(frozen=True, slots=True)
class Version:
    """A framework with its bands, by their code or name."""

    framework: Framework
    bands: Mapping[str, Band]


Versions = Mapping[str, Sequence[Version]]


def known_bands(codes: Iterable[str]) -> Versions:
    """The versions of each framework by its code, the one in force first before the later ones."""
    found: dict[str, list[Version]] = defaultdict(list)
    frameworks = Framework.objects.filter(code__in=codes).prefetch_related("bands")
    for framework in frameworks.order_by("effective_from", "version"):
        bands = framework.bands.all()
        by_name = {fold(band.name): band for band in bands}
        by_code = {fold(band.code): band for band in bands}
        found[framework.code].append(Version(framework, by_name | by_code))
    return found


def version_on(versions: Versions, code: str, day: dt.date | None) -> Version:
    """The version in force on a day, the first one before all; the newest without a day."""
    of_code = versions[code]
    in_force = [each for each in of_code if day is None or each.framework.effective_from <= day]
    return in_force[-1] if in_force else of_code[0]


def check_band(line: TableLine, versions: Versions) -> None:
    framework, band = line["framework"], line["band"]
    if framework is None or band is None:
        return None
    if not versions.get(framework):
        return line.refuse("framework", "There is no such framework.")
    version = version_on(versions, framework, line["effective_from"])
    if fold(band) not in version.bands:
        codes = dict.fromkeys(each.code for each in version.bands.values())
        allowed = f"One of {', '.join(codes)}."
        name = framework
        if len(versions[framework]) > 1:
            name = f"{framework}, version {version.framework.version}, in force then"
        line.refuse("band", f"The framework {name} has no such band.", allowed)
    return None


def check_once(line: TableLine, rows: dict[tuple[Any, ...], TableLine]) -> None:
    key = tuple(line[name] for name in KEYS)
    if None in key:
        return
    first = rows.setdefault(key, line)
    if first is not line:
        said = f"Row {first.number} already has this band, sector and date."
        line.refuse("effective_from", said)


def band_of(line: TableLine, versions: Versions) -> Band:
    return version_on(versions, line["framework"], line["effective_from"]).bands[fold(line["band"])]


def odd_note(line: TableLine, versions: Versions) -> Issue | None:
    """A value that looks like a slip is a warning, to be confirmed."""
    annual, band = line["annual_value"], band_of(line, versions)
    odd = oddity_of_value(
        band=band, sector=line["sector"], annual=annual, day=line["effective_from"]
    )
    return line.note("annual_value", f"{money(annual)} is {odd}.") if odd else None


def save(table: Table, versions: Versions) -> Preview:
    wanted = {
        (band_of(line, versions), line["sector"], line["effective_from"]): line["annual_value"]
        for line in table.lines
    }
    stored = BandValue.objects.filter(band__in={band for band, *_ in wanted}).select_related("band")
    existing = {(value.band, value.sector, value.effective_from): value for value in stored}
    new, changed, told_new, told_changed = [], [], [], []
    for (band, sector, day), annual in wanted.items():
        value = existing.get((band, sector, day))
        who, since = f"{band}, {Sector(sector).label}", f"from {short_day(day)}"
        if value is None:
            new.append(BandValue(band=band, sector=sector, effective_from=day, annual_value=annual))
            told_new.append(New(who, f"{money(annual, UNKNOWN)} {since}"))
        elif value.annual_value != annual:
            old = money(value.annual_value, UNKNOWN)
            told_changed.append(Change(who, since, old, money(annual, UNKNOWN)))
            value.annual_value = annual
            changed.append(value)
    BandValue.objects.bulk_create(new)
    BandValue.objects.bulk_update(changed, ["annual_value"])
    rows = len(table.lines)
    return Preview(
        figures=[
            Figure("values", "Values read", rows),
            Figure("created", "New", len(new)),
            Figure("updated", "Changed", len(changed)),
            Figure("unchanged", "Unchanged", rows - len(new) - len(changed)),
        ],
        new=told_new,
        changes=told_changed,
        ignored=table.headings.ignored,
    )
