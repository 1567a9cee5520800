"""The funnel plot of a sample: schools by how much was judged and how often bands differ (M7)."""

from banding_portal.pictures.plot import Line, Place, Plot, Point, even_ticks, plot
from banding_portal.words import number, percent
from moderation.widening.rules import ALARMS, WARNS, funnel_limits
from moderation.widening.selectors import JudgedSchool

STEPS = 40
NEAR_ACROSS, NEAR_UP = 0.5, 0.06
"""Shares of the picture: a name is so wide and high at most."""


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
    names = names_at(schools, most)
    widths = [1 + (most - 1) * step / STEPS for step in range(STEPS + 1)]
    lines = [Line([(0, share), (most, share)])]
    for errors, kind in ((WARNS, "limit"), (ALARMS, "outer")):
        for side in (0, 1):
            places = [(n, funnel_limits(share, n, errors)[side]) for n in widths]
            lines.append(Line(places, kind))
    return plot(
        lines,
        [Point(place, names.get(place, ""), past) for place, past in places_of(schools)],
        across="Judged cases of the school",
        up="Share with a different band",
        x_ticks=[(tick, number(int(tick))) for tick in ticks],
        y_ticks=[(tick / 5, percent(tick / 5, 0)) for tick in range(6)],
    )


def places_of(schools: list[JudgedSchool]) -> list[tuple[Place, bool]]:
    """Each place once, with whether schools there are past the limit."""
    return list({place_of(one): one.is_past_limit for one in schools}.items())


def place_of(one: JudgedSchool) -> Place:
    return one.judged, one.share


def names_at(schools: list[JudgedSchool], most: float) -> dict[Place, str]:
    """What lies past the limit is named, several schools at one place by how many they are; what
    lies near another name is left to the table, or the names would lie over each other.
    """
    past = [one for one in schools if one.is_past_limit]
    found: dict[Place, str] = {}
    for one in sorted(past, key=lambda one: (-one.share, one.judged)):
        across, up = place_of(one)
        alike = sum(place_of(other) == (across, up) for other in past)
        near = any(
            abs(across - x) < NEAR_ACROSS * most and abs(up - y) < NEAR_UP
            for x, y in found
            if (x, y) != (across, up)
        )
        if not near:
            found[across, up] = one.school.name if alike == 1 else f"{number(alike)} schools"
    return found
