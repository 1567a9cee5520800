"""The suggested band and why, from the levels chosen (B2). A person decides (B3)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from banding.choices import CombineKind

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Band:
    """A band; a higher rank is a higher need, whatever the code (B1)."""

    code: str
    rank: int
    name: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level, pointing to a band (None: to no band) or worth a score."""

    code: str
    rank: int
    band: str | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area of need. Without a weight a score counts once; without a cap it has no limit."""

    code: str
    name: str
    levels: Sequence[Level]
    weight: Decimal | None = None
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The points from which (inclusive) a band is suggested."""

    band: str
    starts_at: Decimal


@dataclass(frozen=True, slots=True)
class FrameworkRules:
    """What a framework says about combining levels into a band."""

    kind: str
    bands: Sequence[Band]
    areas: Sequence[Area]
    thresholds: Sequence[Threshold] = ()

    def band(self, code: str) -> Band:
        return next(band for band in self.bands if band.code == code)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested band (None: none) with the reason as a sentence.

    `complete` is true once every area has a level; only then can there be a band.
    """

    band_code: str | None
    reason: str
    complete: bool


def suggest_band(framework: FrameworkRules, chosen: Mapping[str, str | None]) -> Suggestion:
    """Return the suggestion for the level codes chosen, by area code (B2).

    An area without a level, or with a code that is no level of it, counts as not chosen yet.
    Raises ValueError for a combine kind that doesn't exist.
    """
    picked = [(area, _level_of(area, chosen.get(area.code))) for area in framework.areas]
    missing = [area.name for area, level in picked if level is None]
    if missing or not picked:
        where = missing[0] if len(missing) == 1 else f"{len(missing)} areas"
        return Suggestion(None, f"Choose a level in {where} to see a suggested band.", False)
    levels = [(area, level) for area, level in picked if level is not None]
    if framework.kind not in COMBINE:
        raise ValueError(f"There is no way of combining levels called {framework.kind}.")
    band, reason = COMBINE[framework.kind](framework, levels)
    return Suggestion(band.code if band else None, reason, True)


Assessment = list[tuple[Area, Level]]
NO_BAND = "None of the levels chosen points to a band."


def _level_of(area: Area, code: str | None) -> Level | None:
    return next((level for level in area.levels if level.code == code), None)


def _highest_need(framework: FrameworkRules, levels: Assessment) -> tuple[Band | None, str]:
    """The highest-ranked band among the chosen levels."""
    pointed = [(area, framework.band(level.band)) for area, level in levels if level.band]
    if not pointed:
        return None, NO_BAND
    highest = max((band for _, band in pointed), key=lambda band: band.rank)
    where = [area.name for area, band in pointed if band == highest]
    return highest, f"The highest need is {highest.name}, in {_listed(where)}."


def _best_fit(framework: FrameworkRules, levels: Assessment) -> tuple[Band | None, str]:
    """The band most levels point to, ties to the higher rank."""
    votes = Counter(framework.band(level.band) for _, level in levels if level.band)
    if not votes:
        return None, NO_BAND
    most = max(votes.values())
    tied = sorted((band for band in votes if votes[band] == most), key=lambda band: -band.rank)
    number, total = _in_words(most), _in_words(len(levels))
    best = tied[0]
    if len(tied) == 1:
        verb = "points" if most == 1 else "point"
        return best, f"{number.capitalize()} of {total} areas {verb} to {best.name}."
    names = _listed([band.name for band in reversed(tied)])
    area = "area points" if most == 1 else "areas point"
    return best, f"{number.capitalize()} {area} to each of {names}: {best.name} is the highest."


def _weighted_sum(framework: FrameworkRules, levels: Assessment) -> tuple[Band | None, str]:
    """The band whose threshold the points reach last."""
    points = sum((_points(area, level) for area, level in levels), Decimal(0))
    written = "1 point" if points == 1 else f"{_number(points)} points"
    ascending = sorted(framework.thresholds, key=lambda threshold: threshold.starts_at)
    reached = [threshold for threshold in ascending if threshold.starts_at <= points]
    if reached:
        band = framework.band(reached[-1].band)
        return band, f"{written}: {band.name} starts at {_number(reached[-1].starts_at)}."
    if not ascending:
        return None, f"{written}: no band has a threshold."
    lowest = ascending[0]
    name = framework.band(lowest.band).name
    return None, f"{written}: the first band, {name}, starts at {_number(lowest.starts_at)}."


COMBINE: dict[str, Callable[[FrameworkRules, Assessment], tuple[Band | None, str]]] = {
    CombineKind.HIGHEST_NEED: _highest_need,
    CombineKind.BEST_FIT: _best_fit,
    CombineKind.WEIGHTED_SUM: _weighted_sum,
}


def _points(area: Area, level: Level) -> Decimal:
    """Score × weight, no more than the area's cap."""
    weight = Decimal(1) if area.weight is None else area.weight
    points = (level.score or Decimal(0)) * weight
    return points if area.cap is None else min(points, area.cap)


def _listed(names: Sequence[str]) -> str:
    """One; one and two; one, two and three."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _in_words(number: int) -> str:
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)


def _number(value: Decimal) -> str:
    """24, not 24.00; 7.5, not 7.50."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
