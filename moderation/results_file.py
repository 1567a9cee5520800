"""The results of a sample as one table: CSV, and Excel by the shared writer (M7, T9, Q23)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from banding_portal.csv_response import csv_response
from banding_portal.workbook import CONTENT_TYPE, FIGURE, TEXT, Book, Table
from moderation.agreement import Kappa
from moderation.choices import ResultsFormat
from moderation.estimate import Estimate
from moderation.group_rows import NOT_DEFINED, UNDER_FIVE, GroupRow
from moderation.models import Sample
from moderation.selectors.spread import LABELS
from moderation.tables import COEFFICIENTS, ShownResults
from moderation.variance import Component
from moderation.widening.selectors import JudgedSchool

SHARE, CASES, DECISIONS, POUNDS, COEFFICIENT = (
    *("share, 0 to 1", "cases", "decisions", "pounds a year", "coefficient"),
)
PLACES = 4
Row = list[Any]


@dataclass(frozen=True)
class Column:
    heading: str
    form: str = TEXT
    width: int = 16


COLUMNS = (
    Column("Part", width=34),
    Column("Of", width=44),
    Column("Unit"),
    Column("Figure", FIGURE),
    Column("95% interval from", FIGURE),
    Column("95% interval to", FIGURE),
)


def rows_of_file(
    shown: ShownResults, schools: list[JudgedSchool], spread: list[Component]
) -> Iterator[Row]:
    """Every figure of the page; what is hidden there says so here."""
    whole = shown.may_show_shares(shown.agreement)
    yield from figures_of_all(shown, whole=whole)
    yield from matrix_rows(shown)
    for heading, groups in shown.groups:
        for group in groups:
            yield from group_rows(f"By {heading.lower()}", group)
    for group in shown.areas:
        yield from group_rows("Levels by area", group)
    for pair in shown.pairs:
        found = pair.difference
        of = f"{pair.first} less {pair.second}"
        yield ["Quadrants compared", of, SHARE, *rounded(found.value, found.low, found.high)]
    for school in schools:
        low, high = school.interval
        name = str(school.school)
        yield ["By school, cases", name, CASES, school.judged, None, None]
        yield ["By school, another band", name, SHARE, *rounded(school.share, low, high)]
    for part in spread:
        label = LABELS[part.name]
        yield ["Where the disagreement lies", label, SHARE, *rounded(part.share), None, None]


def figures_of_all(shown: ShownResults, *, whole: bool) -> Iterator[Row]:
    results, agreement = shown.results, shown.agreement

    def told(what: str, unit: str, figures: Row, *, may: bool = whole) -> Row:
        return [what, "All", unit, *(figures if may else [UNDER_FIVE, None, None])]

    near = shown.may_show_within_one
    exact, within = agreement.exact_agreement, agreement.within_one
    yield ["Cases counted", "All", CASES, shown.n, None, None]
    yield told("The same band, of these", SHARE, [*rounded(exact), None, None])
    yield told("Within one band, of these", SHARE, [*rounded(within), None, None], may=near)
    yield told("The same band, of all decisions", SHARE, shares(results.weighted_exact))
    yield told(
        "Within one band, of all decisions", SHARE, shares(results.weighted_within_one), may=near
    )
    labels = ("Same band", "Moderator higher", "Moderator lower")
    for label, count in zip(labels, shown.parts(agreement), strict=True):
        yield ["Direction", label, CASES, or_hidden(count), None, None]
    yield told(shown.estimate_label, DECISIONS, counts(results.estimate))
    every = shown.may_show_coefficients
    yield told("Annual effect if all were moderated", POUNDS, effect_of(shown), may=every)
    for name, label in COEFFICIENTS.items():
        if not every and (found := shown.possible(name)):
            yield [f"{label}, at least", "All", COEFFICIENT, found[0], None, None]
            yield [f"{label}, at most", "All", COEFFICIENT, found[1], None, None]
        else:
            yield told(label, COEFFICIENT, kappa_of(getattr(agreement, name)), may=every)


def matrix_rows(shown: ShownResults) -> Iterator[Row]:
    for own, row in zip(shown.bands, shown.counts(), strict=True):
        for school, count in zip(shown.bands, row, strict=True):
            of = f"Moderator {own}, school {school}"
            yield ["Moderator’s and school’s band", of, CASES, or_hidden(count), None, None]


def group_rows(part: str, row: GroupRow) -> Iterator[Row]:
    same = rounded(row.same, row.low, row.high) if row.same is not None else [UNDER_FIVE]
    yield [f"{part}, cases", row.label, CASES, or_hidden(row.cases), None, None]
    yield [f"{part}, the same", row.label, SHARE, *same, *[None] * (3 - len(same))]
    yield [f"{part}, moderator higher", row.label, CASES, or_hidden(row.higher), None, None]
    yield [f"{part}, moderator lower", row.label, CASES, or_hidden(row.lower), None, None]


def rounded(*values: float | None) -> Row:
    """The first is the figure: without one it is not defined."""
    figures: Row = [None if value is None else round(value, PLACES) for value in values]
    return [NOT_DEFINED if figures[0] is None else figures[0], *figures[1:]]


def or_hidden(count: int | None) -> int | str:
    return UNDER_FIVE if count is None else count


def shares(found: Estimate | None) -> Row:
    return rounded(*found.shares) if found else [NOT_DEFINED, None, None]


def counts(found: Estimate | None) -> Row:
    if found is None:
        return [NOT_DEFINED, None, None]
    return [round(each) for each in (found.value, found.low, found.high)]


def kappa_of(kappa: Kappa | None) -> Row:
    return rounded(kappa.value, kappa.low, kappa.high) if kappa else [NOT_DEFINED, None, None]


def effect_of(shown: ShownResults) -> Row:
    found = shown.results.effect
    return [found.value, found.low, found.high] if found else [NOT_DEFINED, None, None]


def results_response(
    sample: Sample,
    shown: ShownResults,
    schools: list[JudgedSchool],
    spread: list[Component],
    form: str,
) -> HttpResponse:
    rows = rows_of_file(shown, schools, spread)
    name = f"results-{sample.collection.code}.{form}"
    if form == ResultsFormat.CSV:
        return csv_response(name, [column.heading for column in COLUMNS], rows)
    file = io.BytesIO()
    book = Book(file, f"Results of moderation: {sample.collection}", made=timezone.now())
    table = Table(book, "Results", COLUMNS)
    for row in rows:
        table.write(row)
    table.end()
    book.close()
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPE, headers=disposition)
