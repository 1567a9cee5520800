"""What a pupil's funding is worked out from: facts with dates, and the authority's values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Former:
    """What was so until a day, that day included (S11)."""

    value: str
    until: date


def value_on(day: date, now: str, former: Sequence[Former]) -> str:
    """Of what was so until that day or later the first to end, else what is so now."""
    still = [each for each in former if each.until >= day]
    return min(still, key=lambda each: each.until).value if still else now


@dataclass(frozen=True, slots=True)
class Placement:
    """A pupil at a school from a date to a date; both count, and no end means still there."""

    urn: int
    sector: str
    start: date
    end: date | None = None
    former_sectors: Sequence[Former] = field(default_factory=tuple)
    is_paid: bool = True
    """False for an arrangement without a school that nobody is paid for (S14)."""
    is_here: bool = True
    """Whether the school is in the authority’s own area (F16)."""
    opened: date | None = None
    closed: date | None = None
    """The first and last day of the school, both in its life; `date.min` for a closed one whose
    last day nobody knows."""

    def sector_on(self, day: date) -> str:
        return value_on(day, self.sector, self.former_sectors)

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def is_open_on(self, day: date) -> bool:
        """Whether the school exists on the day."""
        has_opened = self.opened is None or self.opened <= day
        return has_opened and (self.closed is None or day <= self.closed)


@dataclass(frozen=True, slots=True)
class Plan:
    """An EHCP or SEN Support from a date to a date; both count."""

    basis: str
    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class AgreedBand:
    """A band in force from a date (B9).

    `counts_for_sen_support` is true for a moderated or authority-entered band only. Of two bands
    effective on one day the higher `sequence` (recorded later) counts. `source` completes
    "Band 3 since 31 October by …" in the working.
    """

    framework: str
    band: str
    effective_from: date
    counts_for_sen_support: bool = False
    sequence: int = 0
    band_name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A change that a school has reported and nobody has accepted yet, since a day (B12)."""

    kind: str
    urn: int
    since: date


@dataclass(frozen=True, slots=True)
class ExceptionalAmount:
    """Annual pounds agreed beside the band, from a day to a day; both count (B11)."""

    annual: Decimal
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class PupilHistory:
    """Everything about one pupil that the rules look at."""

    pupil_id: str
    responsible_la: str
    placements: Sequence[Placement] = field(default_factory=tuple)
    plans: Sequence[Plan] = field(default_factory=tuple)
    agreed_bands: Sequence[AgreedBand] = field(default_factory=tuple)
    former_las: Sequence[Former] = field(default_factory=tuple)
    reports: Sequence[Report] = field(default_factory=tuple)
    exceptional: Sequence[ExceptionalAmount] = field(default_factory=tuple)

    def responsible_la_on(self, day: date) -> str:
        return value_on(day, self.responsible_la, self.former_las)


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a payment calendar; both dates count (F1)."""

    code: str
    start: date
    end: date
    numerator: int
    denominator: int
    count_date: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class BandValue:
    """Annual pounds for a band in a sector from a date; None means not known yet (F2)."""

    framework: str
    band: str
    sector: str
    effective_from: date
    annual: Decimal | None


@dataclass(frozen=True, slots=True)
class SchoolRate:
    """A school's own annual pounds for a band, from a day to a day; both count (F24)."""

    urn: int
    framework: str
    band: str
    annual: Decimal
    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class PayingFramework:
    """The framework that pays in a sector from a date (B4)."""

    sector: str
    framework: str
    effective_from: date
