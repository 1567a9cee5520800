"""The page of the range a scenario's cost lies in (rules.md F14)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from banding_portal.pictures.plot import Area, Line, Plot, plot, ticks_between
from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from banding_portal.words import money, percent
from banding_portal.workbook import MONEY
from funding.exports.columns import Column
from funding.models import Scenario
from funding.scenarios.doubting import Doubted, doubts_of
from funding.scenarios.reported import to_unit
from funding.scenarios.search_forms import RangeForm
from funding.scenarios.selectors import states_for
from funding.scenarios.simulating import DRAWS, YEARS, Growing, Ranges, simulate
from funding.scenarios.views import FiguresPage

CAUSES = {
    "growth": "More or fewer pupils",
    "unbanded": "Pupils not banded yet",
    "moderation": "What moderation found",
}
HEADS = ("Lowest", "Lower quarter", "Middle", "Upper quarter", "Highest")
MILLION, THOUSAND = 1_000_000, 1_000


class ScenarioRange(FiguresPage):
    """The cost over three years, drawn at random from what is not certain; the address says how."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/scenario_range.html"
    part = "range"
    columns = (
        Column("Of", "", width=44),
        *(Column(head, "", MONEY, 16) for head in HEADS),
    )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.states = states_for(self.found)
        except RefusalError as refusal:
            return self.refused(refusal)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        form = self.form()
        found = super().context() | {"form": form}
        return found | shown(self.found, *self.drawn(form)) if form.is_valid() else found

    def form(self) -> RangeForm:
        usual = RangeForm.usual(self.found.terms)
        return RangeForm(self.request.GET if "seed" in self.request.GET else usual)

    def drawn(self, form: RangeForm) -> tuple[Doubted, Ranges]:
        asked = form.cleaned_data
        growing = Growing(float(asked["least"]), float(asked["most"]))
        doubted = doubts_of(*self.states, growing, with_moderation=asked["moderation"])
        return doubted, simulate(doubted.doubts, asked["seed"])

    def rows_of_file(self) -> list[list[Any]] | None:
        form = self.form()
        if not form.is_valid():
            return None
        _, ranges = self.drawn(form)
        names = names_of_years(self.found.terms["year"])
        return [
            *([name, *map(rounded, row)] for name, row in zip(names, ranges.years, strict=True)),
            *(
                [f"{names[0]}: {CAUSES[name]}", *map(rounded, row)]
                for name, row in ranges.causes.items()
            ),
        ]


def shown(scenario: Scenario, doubted: Doubted, ranges: Ranges) -> dict[str, Any]:
    names = names_of_years(scenario.terms["year"])
    return {
        "fan": fan(names, ranges.years),
        "years": [
            (name, *map(rounded, row)) for name, row in zip(names, ranges.years, strict=True)
        ],
        "causes": [
            (CAUSES[name], *map(rounded, (row[0], row[2], row[4])))
            for name, row in ranges.causes.items()
        ],
        "over": None if ranges.over is None else percent(ranges.over, 0),
        "budget": money(Decimal(str(scenario.terms["budget"]))) if ranges.over is not None else "",
        "draws": f"{DRAWS:,}",
        "doubted": doubted,
        "judged": len(doubted.moderation.moves) if doubted.moderation else 0,
    }


def names_of_years(first: str) -> list[str]:
    start = int(first[:4])
    return [f"{year}-{(year + 1) % 100:02}" for year in range(start, start + YEARS)]


def rounded(amount: float) -> Decimal:
    return to_unit(Decimal(str(round(amount, 2))))


def fan(names: Sequence[str], years: Sequence[Sequence[float]]) -> Plot:
    """The middle as a line, the middle half and 95% as areas around it."""
    ticks = ticks_between(min(row[0] for row in years), max(row[-1] for row in years))
    low, lower, middle, upper, high = (
        [(float(place), row[share]) for place, row in enumerate(years)] for share in range(5)
    )
    return plot(
        [Line(middle)],
        [],
        across="Year",
        up="Cost of the year",
        x_ticks=[(float(place), name) for place, name in enumerate(names)],
        y_ticks=[(tick, short(tick, ticks[-1])) for tick in ticks],
        areas=[Area(low, high), Area(lower, upper)],
    )


def short(pounds: float, most: float) -> str:
    """As it stands beside an axis."""
    unit, word = (MILLION, "m") if most >= 2 * MILLION else (THOUSAND, "k")
    return f"£{pounds / unit:,.10g}{word}".replace("£-", "−£")
