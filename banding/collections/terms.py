"""What may still change about a collection, and how a change reads. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from banding_portal.words import day
from schools.choices import Sector

WORDS = {
    "name": "the name is",
    "sectors": "the sectors are",
    "reference_date": "the reference date is",
    "opens_on": "the day it opens is",
    "deadline": "the deadline is",
    "processing_from": "the day processing begins is",
    "moderation_from": "the first day of the moderation week is",
    "feedback_on": "the day of feedback to schools is",
    "allows_no_change": "schools may {}fill in last time’s bands for many pupils at once",
    "needs_headteacher": "a headteacher {}has to confirm each return",
}
TOLD = frozenset({"sectors", "opens_on", "deadline", "processing_from", "feedback_on"})
"""What schools are told of; of the rest nothing follows for them."""
TOLD |= {"moderation_from", "needs_headteacher", "reference_date"}

ENDINGS = {Sector.ALTERNATIVE_PROVISION: "ap"}
LONGEST_ENDING = max(len(sector) for sector in Sector.values if sector not in ENDINGS) + 1


def code_of(code: str, sector: str) -> str:
    """The code of a sector's part of an exercise: “autumn-2026-early-years”."""
    ending = ENDINGS.get(Sector(sector), sector.replace("_", "-"))
    return f"{code}-{ending}"


def name_of(name: str, sector: str) -> str:
    return f"{name}: {Sector(sector).label}"


@dataclass(frozen=True)
class Terms:
    """The name, the sectors and the days of a collection, and how schools answer."""

    name: str
    sectors: list[str]
    reference_date: dt.date
    opens_on: dt.date
    deadline: dt.date
    processing_from: dt.date | None
    moderation_from: dt.date | None
    feedback_on: dt.date | None
    allows_no_change: bool
    needs_headteacher: bool

    @classmethod
    def of(cls, collection: Any) -> "Terms":
        return cls(**{name: getattr(collection, name) for name in WORDS})

    def differences(self, new: "Terms") -> dict[str, str]:
        """By field: “the deadline is now 5 December 2026 (it was 30 November 2026)”."""
        old, now = asdict(self), asdict(new)
        old["sectors"], now["sectors"] = sorted(old["sectors"]), sorted(now["sectors"])
        return {
            name: in_words(name, old[name], now[name]) for name in WORDS if old[name] != now[name]
        }

    def mark(self) -> str:
        """The same for the same terms, to see whether somebody changed them meanwhile."""
        return "|".join(self._marks())

    def _marks(self) -> Iterator[str]:
        for name, value in asdict(self).items():
            yield ",".join(sorted(value)) if name == "sectors" else str(value)


def in_words(name: str, old: Any, new: Any) -> str:
    if isinstance(new, bool):
        return WORDS[name].format("" if new else "no longer ")
    return f"{WORDS[name]} now {shown(new)} (it was {shown(old)})"


def shown(value: Any) -> str:
    match value:
        case list():
            return ", ".join(str(Sector(sector).label) for sector in value)
        case dt.date():
            return day(value)
    return str(value) if value else "not known yet"
