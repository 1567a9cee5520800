"""A design of a sample in words, a table and a picture (M2)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from banding_portal.pictures.plot import Line, Plot, Point, even_ticks, plot
from banding_portal.words import counted, number, percent
from moderation.choices import Allocation
from moderation.design import TARGET, Design
from moderation.selectors.preview import Cost, SamplePreview
from moderation.tables import interval_words

SHORT = {
    Allocation.SHARE: "same share",
    Allocation.EQUAL: "equal precision",
    Allocation.NEYMAN: "by last time",
}


class ShownDesign:
    """What `sample_create` shows of a preview; `asked` are its settings as typed."""

    def __init__(self, preview: SamplePreview, asked: Mapping[str, Any]) -> None:
        self.preview, self.asked = preview, asked

    @property
    def drawing(self) -> dict[str, Any]:
        """The settings to draw it with; a box that is not ticked sends nothing."""
        return {name: value for name, value in self.asked.items() if value}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The designs side by side, each with a link that asks for it."""
        return [self.row(cost) for cost in self.preview.side_by_side]

    @property
    def judges_all(self) -> str:
        """The sentence for a population so small that every sample is all of it; else empty."""
        preview = self.preview
        if any(one.design.cases < preview.population for one in preview.side_by_side):
            return ""
        if preview.population == 1:
            return "The one decision is judged whatever the rate, so nothing is left to estimate."
        return (
            f"All {number(preview.population)} decisions are judged whatever the rate, so nothing "
            "is left to estimate."
        )

    @property
    def interval(self) -> str:
        """Of the design asked for; none where everything is judged."""
        preview = self.preview
        all_judged = preview.sampled == preview.population
        return "none, all judged" if all_judged else interval_words(preview.half_width)

    def row(self, cost: Cost) -> dict[str, Any]:
        design, chosen = cost.design, self.preview.chosen
        hours = cost.hours_each
        return {
            "rate": rate_words(design),
            "allocation": SHORT[Allocation(design.allocation)],
            "cases": number(design.cases),
            "cases_each": number(cost.cases_each),
            "hours": number(None) if hours is None else f"{hours:,.1f}",
            "at_most": interval_words(design.at_most),
            "expected": interval_words(design.expected),
            "is_chosen": (design.rate, design.allocation) == (chosen.rate, chosen.allocation),
            "url": self.url(design),
        }

    def url(self, design: Design) -> str:
        """The page with the settings of a design instead."""
        asked = self.drawing | {
            "rate": rate_words(design).removesuffix("%"),
            "allocation": design.allocation,
        }
        return f"{reverse('moderation:sample_create')}?{urlencode(asked)}"

    @property
    def hours(self) -> str:
        """Of the design asked for: 3.7 for each moderator."""
        each = self.preview.cost(self.preview.chosen).hours_each
        return number(None) if each is None else f"{each:,.1f}"

    @property
    def last_time(self) -> str:
        if self.preview.differing:
            return "The expected interval rests on how often bands differed in the last sample."
        return (
            "No earlier sample under this framework is judged, so nothing is known of where bands "
            "differ: “more where bands differed” gives cases as if all strata were alike."
        )

    @property
    def others(self) -> str:
        if not self.preview.others:
            return ""
        cases = counted(self.preview.others, "more case")
        return (
            f"About {cases} will be added, so that every school has one. "
            "They are judged like the others and kept out of the statistics."
        )

    @property
    def why_wide(self) -> str:
        """Why the interval is no narrower; empty where it is narrow or not defined."""
        preview, advice = self.preview, self.preview.advice
        if preview.half_width is None or preview.half_width <= TARGET:
            return ""
        words = (
            f"{counted(preview.sampled, 'case')} of {counted(preview.population, 'decision')} "
            f"give {interval_words(preview.half_width)}. Precision comes from the number of "
            "cases, hardly from their share of the decisions."
        )
        if advice.small_strata:
            few = advice.small_strata == 1
            words += (
                f" {number(advice.small_strata)} of {number(advice.strata)} strata "
                f"{'is' if few else 'are'} so small that the least number decides. "
                f"{'It takes' if few else 'They take'} {counted(advice.cases_there, 'case')} and "
                f"{'holds' if few else 'hold'} {percent(advice.share_there)} of the decisions."
            )
        return words

    @property
    def offers(self) -> list[dict[str, str]]:
        """What does better, each with its link."""
        advice = self.preview.advice
        found = []
        if better := advice.better:
            words = f"As many cases, allotted otherwise ({SHORT[Allocation(better.allocation)]})"
            found.append((better, f"{words}: {interval_words(better.at_most)}"))
        if reaches := advice.reaches:
            found.append((reaches, reaching_words(reaches)))
        return [{"url": self.url(design), "words": words} for design, words in found]

    @property
    def picture(self) -> Plot | None:
        """Half the interval in points against cases; None where there is no curve to draw."""
        curve = [(one.cases, (one.at_most or 0.0) * 100) for one in self.preview.curve]
        if len(curve) < 2:
            return None
        chosen = self.preview.chosen
        here = []
        if chosen.at_most is not None:
            words = f"{number(chosen.cases)}: {interval_words(chosen.at_most)}"
            here = [Point((chosen.cases, chosen.at_most * 100), words, stands_out=True)]
        across, up = even_ticks(curve[-1][0]), even_ticks(max(y for _, y in curve))
        return plot(
            [Line(curve)],
            here,
            across="Cases",
            up="Half the 95% interval in percentage points",
            x_ticks=[(value, f"{value:,.0f}") for value in across],
            y_ticks=[(value, f"{value:,.0f}") for value in up],
        )

    @property
    def curve_rows(self) -> list[dict[str, str]]:
        return [
            {
                "rate": rate_words(one),
                "cases": number(one.cases),
                "at_most": interval_words(one.at_most),
            }
            for one in self.preview.curve
        ]


def rate_words(design: Design) -> str:
    """10% or 12.25%"""
    return percent(design.rate, None)


def reaching_words(design: Design) -> str:
    """What the fewest cases with an interval that narrow are."""
    cases = f"{counted(design.cases, 'case')} at a rate of {rate_words(design)}"
    return f"To reach {interval_words(TARGET)}: {cases} ({SHORT[Allocation(design.allocation)]})"
