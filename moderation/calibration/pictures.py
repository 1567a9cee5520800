"""How moderators chose the settled band from set to set, as a picture (M12)."""

import datetime as dt
from collections.abc import Sequence

from banding_portal.pictures.plot import Line, Plot, Point, plot
from banding_portal.words import percent
from moderation.calibration.selectors import Calibrated

FEWEST = 2
"""Sets from which there is a drift to see."""


def drift_of(stands: Sequence[Calibrated], threshold: int) -> Plot | None:
    """A line for each moderator, and the threshold. None where nobody has finished two sets.

    A line is named where its last set lies below the threshold: names of all would lie over each
    other.
    """
    drawn = [one for one in stands if len(one.sets) >= FEWEST]
    if not drawn:
        return None
    days = sorted({found.on for one in drawn for _, found in one.sets})
    first, last = days[0], max(days[-1], days[0] + dt.timedelta(days=1))
    wanted = threshold / 100
    lines = [Line([(first.toordinal(), wanted), (last.toordinal(), wanted)], "limit")]
    points: list[Point] = []
    for one in drawn:
        places = [(found.on.toordinal(), found.tally.share or 0.0) for _, found in one.sets]
        lines.append(Line(places))
        points += [Point(place, stands_out=place[1] < wanted) for place in places[:-1]]
        below = places[-1][1] < wanted
        name = str(one.moderator) if below and len(stands) > 1 else ""
        points.append(Point(places[-1], name, stands_out=below))
    return plot(
        lines,
        points,
        across="Day on which a set was finished",
        up="Share of training cases with the settled band",
        x_ticks=[(day.toordinal(), f"{day.day} {day:%b}") for day in (first, last)],
        y_ticks=[(tick / 5, percent(tick / 5, 0)) for tick in range(6)],
    )
