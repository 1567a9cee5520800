"""Pictures, each with its figures in a table; built in, see docs/look.md."""

from typing import Any

from django import template

from banding_portal import charts

register = template.Library()


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Any, title: str, head: str = "What", figure_head: str = "Figure"
) -> dict[str, Any]:
    return _chart(charts.bars(rows), title, head, figure_head)


@register.inclusion_tag("components/waterfall.html")
def waterfall(
    steps: Any, title: str, head: str = "Step", figure_head: str = "Amount"
) -> dict[str, Any]:
    return _chart(charts.steps(steps), title, head, figure_head)


def _chart(bars: list[charts.Bar], title: str, head: str, figure_head: str) -> dict[str, Any]:
    return {
        "bars": bars,
        "title": title,
        "head": head,
        "figure_head": figure_head,
        "width": charts.WIDTH,
        "height": len(bars) * charts.ROW,
        "label_x": charts.LABELS - 12,
        "axis_x": charts.LABELS,
    }
