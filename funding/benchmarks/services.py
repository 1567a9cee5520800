"""Figures of other authorities from a file (rules.md F14): all or nothing."""

import re
from collections.abc import Iterable
from typing import Any

from banding_portal.files.packing import first_lines
from banding_portal.files.previews import Change, New, Preview
from banding_portal.files.previews import Figure as Told
from banding_portal.files.tables import Table, read_table
from banding_portal.folding import fold
from banding_portal.jobs.results import Issue, Progress, Result
from banding_portal.refusals import RefusalError
from banding_portal.words import money, number
from funding.benchmarks.columns import COLUMNS, LIMITS, pattern_of, rows_of, shape_of
from funding.benchmarks.models import AuthorityFigure
from funding.benchmarks.rules import (
    Figure,
    figures_of,
    from_section_251,
    from_sen2,
    pounds_in,
)
from funding.choices import ComparedBy, FiguresShape
from funding.scenarios.grid import phases_of_schools
from schools.choices import PrimaryNeed, Sector

IN_POUNDS = "The amounts of the file were read as pounds."
IN_MILLIONS = "The amounts of the file were read as millions of pounds."
NOTHING = "No row of the file is about top-up, or about pupils of a sector, of an authority."
NEITHER = (
    "This is a published table, but neither of the two that are read: section 251 with a column "
    "category_of_expenditure, or SEN2 with a column establishment_group."
)
WHICH = "More than one table in the zip could be meant: {}. Upload one of them by itself."
NOBODY = (
    "The file has no row of “{}” that is needed. Write the name as the file has it, or leave the "
    "box empty to read all authorities."
)
Key = tuple[str, str, str, str]
BATCH = 1_000


def import_figures(_: Progress, *, filename: str, content: bytes, authorities: str = "") -> Result:
    """Keep the figures of a file, of these authorities or all; what it does not say stays, and
    the same file changes nothing.

    Call it inside a transaction and roll back when the result has issues.
    """
    wanted = names_in(authorities)
    try:
        part, shape = table_in(filename, content)
    except RefusalError as refusal:
        return Result(issues=[Issue(str(refusal))])
    table = read_table(part, content, COLUMNS[shape], LIMITS, only=rows_of(shape, wanted))
    if shape == FiguresShape.OWN:
        check_own(table)
    elif not table.headings.issues and not table.lines:
        return Result(issues=[Issue(NOTHING)])
    absent = [] if table.issues else missing(wanted, table)
    if table.issues or absent:
        return Result(issues=table.issues or [Issue(NOBODY.format(name)) for name in absent])
    found = read_as(shape, table)
    preview = save(found)
    preview.ignored = table.headings.ignored
    if not found:
        preview.notes = [NOTHING]
    elif shape == FiguresShape.SECTION_251:
        unit = pounds_in([line.read for line in table.lines])
        preview.notes = [IN_POUNDS if unit == 1 else IN_MILLIONS]
    return Result(warnings=table.warnings, preview=preview.as_dict())


def names_in(authorities: str) -> list[str]:
    """One on each line, each once."""
    return list(
        dict.fromkeys(" ".join(line.split()) for line in authorities.splitlines() if line.strip())
    )


def table_in(filename: str, content: bytes) -> tuple[str, FiguresShape]:
    """The table that is read, of a zip its only one that is known; raises RefusalError."""
    shapes = {name: shape_of(line) for name, line in first_lines(filename, content).items()}
    published = {name: shape for name, shape in shapes.items() if shape != FiguresShape.OWN}
    known = {name: shape for name, shape in (published or shapes).items() if shape}
    if len(known) > 1:
        raise RefusalError(WHICH.format(", ".join(known)))
    if not known:
        raise RefusalError(NEITHER)
    [(name, shape)] = known.items()
    return name, shape


def missing(wanted: Iterable[str], table: Table) -> list[str]:
    """Authorities that were asked for and that no row is about."""
    there = {line.text("authority") for line in table.lines}
    return [
        name
        for name in wanted
        if not any(re.fullmatch(pattern_of(name), each, re.IGNORECASE) for each in there)
    ]


def read_as(shape: FiguresShape, table: Table) -> list[Figure]:
    rows = [line.read for line in table.lines]
    if shape == FiguresShape.SECTION_251:
        return from_section_251(rows)
    return from_sen2(rows) if shape == FiguresShape.SEN2 else list(figures_of(rows))


def check_own(table: Table) -> None:
    """Sectors and needs by code or name, and no row twice."""
    phases = [(phase, phase) for phase in phases_of_schools()]
    words = {
        ComparedBy.PHASE: spellings(phases),
        ComparedBy.SECTOR: spellings(Sector.choices),
        ComparedBy.NEED: spellings(PrimaryNeed.choices),
    }
    seen: dict[tuple[Any, ...], int] = {}
    for line in table.lines:
        known = words.get(line["by"])
        if known and line["of"]:
            if fold(line["of"]) in known:
                line.read["of"] = known[fold(line["of"])]
            else:
                allowed = f"One of {', '.join(dict.fromkeys(known.values()))}."
                line.refuse("of", f"There is no such {line['by']}.", allowed)
        key = tuple(line[name] for name in ("authority", "year", "by", "of"))
        if None not in key:
            first = seen.setdefault(key, line.number)
            if first != line.number:
                line.refuse("of", f"Row {first} already has this authority, year and {line['by']}.")


def spellings(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {fold(word): value for value, label in choices for word in (value, str(label))}


def save(found: list[Figure]) -> Preview:
    kept: dict[Key, AuthorityFigure] = {
        (row.authority, row.year, row.by, row.key): row
        for row in AuthorityFigure.objects.filter(authority__in={each.authority for each in found})
    }
    new, told_new, changed, told = [], [], [], []
    for each in found:
        row = kept.get((each.authority, each.year, each.by, each.key))
        who, what = f"{each.authority}, {each.year}", label_of(each.by, each.key)
        if row is None:
            new.append(AuthorityFigure(**each._asdict()))
            told_new.append(New(who, f"{what}: {words_of(each.pupils, each.amount)}"))
            continue
        before = words_of(row.pupils, row.amount)
        row.pupils = row.pupils if each.pupils is None else each.pupils
        row.amount = row.amount if each.amount is None else each.amount
        if (after := words_of(row.pupils, row.amount)) != before:
            changed.append(row)
            told.append(Change(who, what, before, after))
    AuthorityFigure.objects.bulk_create(new, batch_size=BATCH)
    AuthorityFigure.objects.bulk_update(changed, ["pupils", "amount"], batch_size=BATCH)
    return Preview(
        figures=[
            Told("figures", "Figures read", len(found)),
            Told("created", "New", len(new)),
            Told("updated", "Changed", len(changed)),
            Told("unchanged", "Unchanged", len(found) - len(new) - len(changed)),
        ],
        new=told_new,
        changes=told,
    )


def label_of(by: str, key: str) -> str:
    names = {ComparedBy.SECTOR: dict(Sector.choices), ComparedBy.NEED: dict(PrimaryNeed.choices)}
    return str(names.get(ComparedBy(by), {}).get(key, key))


def words_of(pupils: int | None, amount: Any) -> str:
    said = [f"{number(pupils)} pupils"] if pupils is not None else []
    return " and ".join([*said, money(amount)] if amount is not None else said)
