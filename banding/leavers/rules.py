"""When a pupil can have left a school, and what ends then (rules.md B5, B12). Pure.

Sentences have no full stop, as in a form.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from banding.choices import PupilChange
from banding_portal.words import day

DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=366)
"""How long before or after the days it is about a pupil may have left."""
SUMMER = dt.timedelta(days=62)
"""How long after a school has closed the one it became may have opened (S1)."""
OPEN = dt.date.max
"""The last day of a placement that has none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement at the school, or at one that became it or that it became.

    `carries_on` says that it lasted until its school closed, so that the next goes on with it.
    """

    start: dt.date
    end: dt.date = OPEN
    carries_on: bool = False
    id: Any = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Placements without a day between them, in order; a conversion ends no stay (S1)."""

    parts: tuple[Placed, ...]
    is_first: bool = True

    @property
    def start(self) -> dt.date:
        return self.parts[0].start

    @property
    def end(self) -> dt.date:
        return max(part.end for part in self.parts)

    def goes_on_in(self, part: Placed) -> bool:
        if self.end == OPEN or part.start <= self.end + DAY:
            return True
        return self.parts[-1].carries_on and part.start - self.end <= SUMMER


def stay_on(placed: Sequence[Placed], told: dt.date, left: dt.date) -> Stay | None:
    """The stay that somebody who tells it on a day means: the last that has begun by then, or by
    the day it names. What begins later is planned, and nobody has left it.
    """
    begun = max(told, left)
    stays: list[Stay] = []
    for part in sorted(placed, key=lambda each: each.start):
        last = stays[-1] if stays else None
        is_carried = last is not None and last.parts[-1].carries_on and last.goes_on_in(part)
        if part.start > begun and stays and not is_carried:
            break
        if last and last.goes_on_in(part):
            stays[-1] = Stay((*last.parts, part), last.is_first)
        else:
            stays.append(Stay((part,), is_first=not stays))
    return stays[-1] if stays else None


@dataclass(frozen=True, slots=True)
class Ending:
    """What a last day makes of a stay: placements that end on it, and those never begun."""

    cut: tuple[Placed, ...] = ()
    never_begun: tuple[Placed, ...] = ()


def ending_of(stay: Stay | None, left: dt.date) -> Ending:
    """Nothing where the stay had ended by then; LookupError where it began only afterwards."""
    if stay is None:
        return Ending()
    if left < stay.start:
        raise LookupError
    return Ending(
        cut=tuple(part for part in stay.parts if part.start <= left < part.end),
        never_begun=tuple(part for part in stay.parts if part.start > left),
    )


def problem_of_last_day(
    name: str,
    left: dt.date,
    *,
    placed: Sequence[Placed],
    today: dt.date,
    reference: dt.date | None = None,
) -> str:
    """Why somebody cannot have left then; empty where they can. The one rule for it: of pages,
    templates and files. `reference` is the day a return is about.
    """
    stay = stay_on(placed, today, left)
    if stay is None:
        return f"{name} has not been with you"
    must_be = f"The date {name} left must be"
    if left < stay.start:
        started = "started" if stay.is_first else "last started with you"
        return f"{must_be} on or after {day(stay.start)}, when {name} {started}"
    if left > stay.end:
        last = "only" if stay.is_first else "last"
        days = f"from {day(stay.start)} to {day(stay.end)}"
        return f"{must_be} {days}: that is {name}’s {last} placement with you"
    return problem_of_distance(name, left, {today, reference or today}, bool(reference))


def problem_of_distance(name: str, left: dt.date, about: set[dt.date], on_return: bool) -> str:
    """A year before and after today; on a return before and after its reference date as well."""
    earliest, latest = min(about) - YEAR, max(about) + YEAR
    if left > latest:
        return f"The date {name} left must be on or before {day(latest)}"
    if left >= earliest:
        return ""
    otherwise = "ask the authority to correct the placement"
    if on_return:
        otherwise = f"choose “{PupilChange.NOT_OURS.label}”"
    must_be = f"The date {name} left must be on or after {day(earliest)}"
    return f"{must_be}. If {name} left before that, {otherwise}"
