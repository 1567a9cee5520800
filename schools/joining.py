"""Joining the placements or plans of two records of one child (rules.md S8). Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from uuid import UUID

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; without an end it is still open."""

    key: UUID
    what: Hashable
    """The school, or the type of the plan: periods of different ones are never one."""
    start: dt.date
    end: dt.date | None
    is_own: bool
    """Whether it belongs to the record that stands."""


@dataclass(frozen=True)
class Joined:
    """One period in place of several."""

    key: UUID
    """Of the one that stays."""
    absorbed: tuple[UUID, ...]
    start: dt.date
    end: dt.date | None


def joined(periods: Iterable[Period]) -> list[Joined]:
    """The periods of both records that overlap or follow day upon day, as one each.

    Where both records have such a period the earliest of the standing record stays. What only
    one record has stays as it is, and is not in the answer.
    """
    by_what: dict[Hashable, list[Period]] = defaultdict(list)
    for period in periods:
        by_what[period.what].append(period)
    runs = (run for each in by_what.values() for run in _runs(each))
    return [_as_one(run) for run in runs if len({period.is_own for period in run}) == 2]


def _runs(periods: list[Period]) -> list[list[Period]]:
    """Periods that overlap or touch, together, each run in order of its start."""
    runs: list[list[Period]] = []
    last: dt.date | None = None
    for period in sorted(periods, key=lambda each: (each.start, not each.is_own)):
        if runs and (last is None or period.start <= last + DAY):
            runs[-1].append(period)
            last = None if last is None or period.end is None else max(last, period.end)
        else:
            runs.append([period])
            last = period.end
    return runs


def _as_one(run: list[Period]) -> Joined:
    stays = next(period for period in run if period.is_own)
    ends = [period.end for period in run]
    end = None if None in ends else max(each for each in ends if each)
    absorbed = tuple(period.key for period in run if period is not stays)
    return Joined(stays.key, absorbed, run[0].start, end)
