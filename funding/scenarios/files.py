"""The figures of a scenario as one table: CSV, and Excel by the shared writer (Q23, T9)."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from banding_portal.csv_response import csv_response
from banding_portal.workbook import CONTENT_TYPE, FIGURE, MONEY, Book, Table
from funding.choices import StatementFormat
from funding.exports.columns import Column
from funding.models import Scenario
from funding.scenarios.adopting import value_table
from funding.scenarios.comparing import compared
from funding.scenarios.showing import shown

COLUMNS = (
    Column("Part", "", width=26),
    Column("Of", "", width=44),
    Column("URN", "", width=9),
    Column("Today", "", MONEY, 16),
    Column("Scenario", "", MONEY, 16),
    Column("Change", "", MONEY, 16),
)

PENNY = Decimal("0.01")

Row = list[Any]


def rows_of_file(scenario: Scenario) -> Iterator[Row]:
    result, told = scenario.result or {}, shown(scenario)
    today, then = Decimal(result["cost_today"]), Decimal(result["cost_total"])
    yield ["Cost of the year", scenario.name, "", today, then, then - today]
    for amount, words in zip(result.get("cost_between") or (), ("lower", "upper"), strict=False):
        yield ["Cost of the year", f"{words.capitalize()} end, 19 times out of 20", "", None,
               Decimal(amount), None]  # fmt: skip
    if result["headroom"] is not None:
        yield ["Budget", "", "", None, Decimal(result["budget"]), None]
        yield ["Headroom", "", "", None, Decimal(result["headroom"]), None]
    yield from values_of(scenario)
    for step in told["steps"][1:-1]:
        yield ["Part of the change", step["label"], "", None, None, step["value"]]
    for table in told["tables"]:
        for row in table["rows"]:
            yield [f"Cost by {table['head']}", row["label"], "", None, row["value"], None]
    for found in told["averages"]:
        old, new = Decimal(found["today"]), Decimal(found["then"])
        yield ["Average for a pupil’s year", found["sector"], "", old, new, new - old]
    for year, amount in told["years"]:
        yield ["Protection", f"Year {year}", "", None, Decimal(amount), None]
    for moves in told["moves"]:
        for party in [*moves["most_gained"], *moves["most_lost"]]:
            what = f"Largest changes, {moves['heading'].lower()}"
            name = " ".join(filter(None, [party.get("pupil_id"), party["school"]]))
            old, new = Decimal(party["today"]), Decimal(party["then"])
            yield [what, name, party["urn"], old, new, new - old]


def values_of(scenario: Scenario) -> Iterator[Row]:
    """Each value of its own beside today’s."""
    for sector, cells in value_table(scenario)["rows"]:
        for band, new, old in cells:
            if new is not None:
                value = new.quantize(PENNY)
                change = None if old is None else value - old
                yield ["Value of a band", f"{band}, {sector}", "", old, value, change]


def scenario_response(scenario: Scenario, form: str) -> HttpResponse:
    return table_response(scenario, "", COLUMNS, rows_of_file(scenario), form)


def compare_response(scenarios: Sequence[Scenario], form: str) -> HttpResponse:
    """Scenarios side by side, a column each."""
    columns = [
        Column("Part", "", width=26),
        Column("What", "", width=44),
        *(Column(each.name, "", FIGURE, 18) for each in scenarios),
    ]
    rows = (
        [table["heading"], side.what, *side.figures]
        for table in compared(scenarios)
        for side in table["rows"]
    )
    made = timezone.now()
    name = f"scenarios-compared-{timezone.localdate(made)}.{form}"
    return figures_response(name, "Scenarios compared", columns, rows, made)


def table_response(
    scenario: Scenario, part: str, columns: Sequence[Column], rows: Iterable[Row], form: str
) -> HttpResponse:
    """A table of figures as CSV or Excel; `part` is what it shows of the scenario."""
    made = scenario.worked_out_at or scenario.made_at
    words = "-".join(filter(None, ["scenario", part]))
    name = f"{words}-{scenario.terms['year']}-{timezone.localdate(made)}.{form}"
    title = f"Scenario: {scenario.name}"
    return figures_response(name, title, columns, rows, made, part.capitalize() or "Scenario")


def figures_response(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    made: dt.datetime,
    sheet: str = "Scenarios",
) -> HttpResponse:
    """CSV or Excel, as the name ends."""
    if name.endswith(StatementFormat.CSV):
        return csv_response(name, [column.heading for column in columns], rows)
    file = io.BytesIO()
    book = Book(file, title, made=made)
    table = Table(book, sheet, columns)
    for row in rows:
        table.write(row)
    table.end()
    book.close()
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPE, headers=disposition)
