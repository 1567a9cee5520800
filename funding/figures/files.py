"""The figures of an edition as rows of a CSV file: what the page shows, in the same words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from funding.figures.selectors import HIDDEN

HEADS = ("Part", "Of", "Figure", "Value", "From")
Row = tuple[str, str, str, object, str]


def rows_of(content: dict[str, Any]) -> Iterator[Row]:
    """Only a value has a day from which it holds."""
    for part, of, figure, value in counts_of(content):
        yield part, of, figure, value, ""
    for table in content["values"]:
        of = f"{table['framework']}, {table['sector']}"
        for band, value, since in value_rows(table):
            yield "Values", of, band, Decimal(value), since


def value_rows(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Band, pounds a year and from when; editions of before this did not keep the day."""
    for band, value, *since in table["rows"]:
        yield band, value, since[0] if since else ""


def counts_of(content: dict[str, Any]) -> Iterator[tuple[str, str, str, object]]:
    for found in content["rounds"]:
        part, of = "Rounds", found["name"]
        yield part, of, "Kind", found["kind"]
        for name, day in found["days"]:
            yield part, of, name, day
        yield part, of, "Schools asked", found["schools"]
        yield part, of, "Returns in", found["came_in"]
        yield part, of, "Pupils asked about", told(found["pupils"])
    for term in content["terms"]:
        part, of = "Terms", term["name"]
        yield part, of, "Pupils funded", told(term["pupils"])
        yield part, of, "Pounds allocated", pounds(term["amount"])
        yield part, of, "Pounds are rounded to", term["unit"]
        for name, count in term["by_sector"]:
            yield "Pupils by sector", of, name, told(count)
        for name, count in term["by_band"]:
            yield "Pupils by band", of, name, told(count)


def told(count: int | None) -> object:
    return HIDDEN if count is None else count


def pounds(amount: str | None) -> object:
    return HIDDEN if amount is None else Decimal(amount)
