"""Pictures, each with its figures in a table; built in, see docs/look.md."""

from typing import Any

from django import template

from banding_portal.pictures.bars import Chart, bars, waterfall
from banding_portal.pictures.curve import Curve
from banding_portal.pictures.pairs import pairs
from banding_portal.pictures.plot import Plot
from banding_portal.pictures.squares import Squares
from banding_portal.pictures.tornado import tornado

register = template.Library()


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Any, title: str, head: str = "What", figure_head: str = "Figure"
) -> dict[str, Any]:
    return _shown(bars(rows), title, head, figure_head)


@register.inclusion_tag("components/waterfall.html", name="waterfall")
def waterfall_chart(
    steps: Any, title: str, head: str = "Step", figure_head: str = "Amount"
) -> dict[str, Any]:
    return _shown(waterfall(steps), title, head, figure_head)


@register.inclusion_tag("components/curve.html", name="curve")
def curve_chart(
    drawn: Curve, title: str, head: str = "Day", figure_head: str = "Number"
) -> dict[str, Any]:
    """One that a selector has drawn, for it knows the days."""
    return _shown(drawn, title, head, figure_head)


def _shown(chart: Chart | Curve, title: str, head: str, figure_head: str) -> dict[str, Any]:
    return {"chart": chart, "title": title, "head": head, "figure_head": figure_head}


@register.inclusion_tag("components/squares.html", name="squares")
def squares_chart(drawn: Squares, title: str, across: str, told: str) -> dict[str, Any]:
    """A square for each count of the table below; `across` says what rows and columns are."""
    return {"chart": drawn, "title": title, "across": across, "told": told}


@register.inclusion_tag("components/pair_chart.html")
def pair_chart(rows: Any, title: str, head: str, first: str, second: str) -> dict[str, Any]:
    """Two bars a row; `first` and `second` say what they are, in the key and over the columns."""
    named = {"title": title, "head": head, "first": first, "second": second}
    return {"chart": pairs(rows), **named}


@register.inclusion_tag("components/tornado.html", name="tornado")
def tornado_chart(rows: Any, title: str, head: str, down: str, up: str) -> dict[str, Any]:
    """Swings to both sides; `down` and `up` say what they are, in the key and over the columns."""
    return {"chart": tornado(rows), "title": title, "head": head, "down": down, "up": up}


@register.inclusion_tag("components/plot.html", name="plot")
def plot_chart(drawn: Plot, title: str, told: str) -> dict[str, Any]:
    """Lines and points between axes; `told` says where the figures stand in words."""
    return {"chart": drawn, "title": title, "told": told}
