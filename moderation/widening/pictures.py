"""The funnel plot of a sample: schools by how much was judged and how often bands differ (M7)."""

from banding_portal.pictures.plot import Line, Plot, Point, even_ticks, plot
from banding_portal.words import number, percent
from moderation.widening.rules import ALARMS, WARNS, funnel_limits
from moderation.widening.selectors import JudgedSchool

STEPS = 40


def funnel_of(schools: list[JudgedSchool]) -> Plot | None:
    """None until something is judged, and where nothing differs or everything does: there is no
    chance to draw limits of.
    """
    judged = sum(one.judged for one in schools)
    share = sum(one.differing for one in schools) / judged if judged else 0.0
    if not 0 < share < 1:
        return None
    ticks = even_ticks(max(one.judged for one in schools))
    most = ticks[-1]
    widths = [1 + (most - 1) * step / STEPS for step in range(STEPS + 1)]
    lines = [Line([(0, share), (most, share)])]
    for errors, kind in ((WARNS, "limit"), (ALARMS, "outer")):
        for side in (0, 1):
            places = [(n, funnel_limits(share, n, errors)[side]) for n in widths]
            lines.append(Line(places, kind))
    return plot(
        lines,
        [Point((one.judged, one.share), words_of(one), one.is_past_limit) for one in schools],
        across="Judged cases of the school",
        up="Share with a different band",
        x_ticks=[(tick, number(int(tick))) for tick in ticks],
        y_ticks=[(tick / 5, percent(tick / 5, 0)) for tick in range(6)],
    )


def words_of(one: JudgedSchool) -> str:
    """Only what lies past the limit is named, or the names would lie over each other."""
    return one.school.name if one.is_past_limit else ""
