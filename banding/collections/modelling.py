"""Whether modelling can begin, sector by sector: from what is still missing. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from uuid import UUID

from banding_portal.words import counted, number, percent


@dataclass(frozen=True)
class SectorFigure:
    """The authority's own pupils of a sector, and how many are on returns that are not in."""

    sector: str
    pupils: int
    missing: int
    enough: int
    """Per cent of its own pupils whose returns have to be in (decisions/0016)."""
    exercise: str = ""
    collection: UUID | None = None
    deadline: dt.date | None = None
    asked_before: str = ""
    """The exercise that asked the sector before, and counts no longer."""

    @property
    def to_come(self) -> int:
        """How many more pupils have to be in before modelling can begin."""
        return max(0, ceil(self.pupils * self.enough / 100) - (self.pupils - self.missing))

    @property
    def is_enough(self) -> bool:
        return bool(self.exercise) and self.to_come == 0

    @property
    def missing_words(self) -> str:
        """ "12 of 340 (4%)" """
        share = percent(Fraction(self.missing, self.pupils), 0) if self.pupils else "–"
        return f"{number(self.missing)} of {number(self.pupils)} ({share})"

    @property
    def verdict(self) -> str:
        """“Can begin”, or why not yet."""
        if not self.exercise:
            return "Not yet: no exercise has been opened"
        return "Can begin" if self.is_enough else f"Not yet: {number(self.to_come)} more to come in"

    @property
    def why_not(self) -> str:
        if not self.exercise:
            return f"no exercise has been opened for {self.sector}"
        are = "is" if self.missing == 1 else "are"
        return f"{self.missing_words} pupils {are} still to come in from {self.sector}"


@dataclass(frozen=True)
class Verdict:
    """A sentence; where it says that modelling cannot begin, followed by why."""

    said: str
    reasons: Sequence[str] = ()


def modelling_verdict(figures: Sequence[SectorFigure]) -> Verdict | None:
    """Of all sectors of a framework together; None where none has pupils."""
    short = [each for each in figures if not each.is_enough]
    reasons = [each.why_not for each in short]
    if not figures:
        return None
    if not short:
        return Verdict(f"Modelling can begin: {why(figures)}.")
    if len(short) == len(figures):
        return Verdict("Modelling cannot begin yet because", reasons)
    ready = ", ".join(each.sector for each in figures if each.is_enough)
    return Verdict(f"Modelling can begin for {ready}. Not yet for all sectors because", reasons)


def why(figures: Sequence[SectorFigure]) -> str:
    missing = sum(each.missing for each in figures)
    if not missing:
        return "the returns of all pupils are in"
    still = f"{counted(missing, 'pupil')} {'is' if missing == 1 else 'are'} still to come in"
    share = f"at least {figures[0].enough}% of the pupils of each sector"
    return f"{share} are on returns that are in. {still}"
