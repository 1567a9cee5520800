"""Band values from a file (interfaces.md, rules.md F2): all or nothing."""

from collections.abc import Iterable
from typing import Any

from banding.models import Band, Framework
from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.files.tables import Table, TableLine, read_table
from banding_portal.folding import fold
from banding_portal.jobs.results import Progress, Result
from banding_portal.words import money, short_day
from funding.file_columns import VALUE_COLUMNS, VALUE_LIMITS
from funding.models import BandValue
from schools.choices import Sector

UNKNOWN = "not known yet"
KEYS = ("framework", "band", "sector", "effective_from")


def import_band_values(_: Progress, *, filename: str, content: bytes) -> Result:
    """Set the values of a file; the same file again changes nothing.

    Call it inside a transaction and roll back when the result has issues. A framework's code
    means its newest version; an empty value is not known yet.
    """
    table = read_table(filename, content, VALUE_COLUMNS, VALUE_LIMITS)
    bands = newest_bands({line.text("framework") for line in table.lines})
    rows: dict[tuple[Any, ...], TableLine] = {}
    for line in table.lines:
        check_band(line, bands)
        check_once(line, rows)
    if table.issues:
        return Result(issues=table.issues)
    return Result(warnings=table.warnings, preview=save(table, bands).as_dict())


def newest_bands(codes: Iterable[str]) -> dict[str, dict[str, Band]]:
    """The bands of each framework's newest version, by its code and the band's code or name."""
    found: dict[str, dict[str, Band]] = {}
    frameworks = Framework.objects.filter(code__in=codes).prefetch_related("bands")
    for framework in frameworks.order_by("effective_from", "version"):
        bands = framework.bands.all()
        found[framework.code] = {
            **{fold(band.name): band for band in bands},
            **{fold(band.code): band for band in bands},
        }
    return found


def check_band(line: TableLine, bands: dict[str, dict[str, Band]]) -> None:
    framework, band = line["framework"], line["band"]
    if framework is None or band is None:
        return
    of_framework = bands.get(framework)
    if of_framework is None:
        line.refuse("framework", "There is no such framework.")
    elif fold(band) not in of_framework:
        codes = dict.fromkeys(each.code for each in of_framework.values())
        allowed = f"One of {', '.join(codes)}."
        line.refuse("band", f"The framework {framework} has no such band.", allowed)


def check_once(line: TableLine, rows: dict[tuple[Any, ...], TableLine]) -> None:
    key = tuple(line[name] for name in KEYS)
    if None in key:
        return
    first = rows.setdefault(key, line)
    if first is not line:
        said = f"Row {first.number} already has this band, sector and date."
        line.refuse("effective_from", said)


def save(table: Table, bands: dict[str, dict[str, Band]]) -> Preview:
    wanted = {
        (bands[line["framework"]][fold(line["band"])], line["sector"], line["effective_from"]): (
            line["annual_value"]
        )
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
