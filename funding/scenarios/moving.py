"""The page of what moves a scenario's cost (rules.md F14)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from banding_portal.words import money, signed_money
from banding_portal.workbook import MONEY
from funding.exports.columns import Column
from funding.scenarios.caseloads import Reading
from funding.scenarios.preparing import Known, supposed_of
from funding.scenarios.pricing import pounds
from funding.scenarios.selectors import states_for
from funding.scenarios.sensitivity import OneMore, Swing, one_more, swings
from funding.scenarios.views import FiguresPage
from schools.choices import Sector

PICTURED = 12
"""Swings in the picture; the others stand in a table."""


class ScenarioSensitivity(FiguresPage):
    """Each value by 1%, and one more plan on each band."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_sensitivity.html"
    part = "sensitivity"
    columns = (
        Column("Value", "", width=44),
        Column("1% lower", "", MONEY, 16),
        Column("1% higher", "", MONEY, 16),
        Column("One more pupil for a year", "", MONEY, 16),
    )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.states = states_for(self.found)
        except RefusalError as refusal:
            return self.refused(refusal)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        return super().context() | moved_by(*self.states)

    def rows_of_file(self) -> list[list[Any]]:
        known, reading = self.states
        supposed, caseload = supposed_of(known, reading), reading.caseload
        names = [band.name for band in caseload.bands]
        found = (row_of(each, names) for each in swings(caseload, supposed.prices))
        return [
            *([row["label"], *row["ends"], None] for row in found),
            *(
                [names[each.band], None, None, each.annual and pounds(each.annual)]
                for each in one_more(caseload, supposed.prices, supposed.bands)
            ),
        ]


def moved_by(known: Known, reading: Reading) -> dict[str, Any]:
    """Rows of the picture, of the table of further values and of one more plan."""
    supposed = supposed_of(known, reading)
    names = [band.name for band in reading.caseload.bands]
    rows = [row_of(swing, names) for swing in swings(reading.caseload, supposed.prices)]
    more = one_more(reading.caseload, supposed.prices, supposed.bands)
    return {"rows": rows[:PICTURED], "others": rows[PICTURED:], "plans": plans_of(more, names)}


def row_of(swing: Swing, names: Sequence[str]) -> dict[str, Any]:
    ends = pounds(swing.down), pounds(swing.up)
    label = f"{names[swing.band]}, {Sector(swing.sector).label}"
    return {"label": label, "ends": ends, "texts": [signed_money(end) for end in ends]}


def plans_of(found: Sequence[OneMore], names: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (names[each.band], money(None if each.annual is None else pounds(each.annual)))
        for each in found
    ]
