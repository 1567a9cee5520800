"""When things happened in the demonstration, counted from today so that it never grows old."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TERMS = (
    ("autumn", 0, 9, 1, 12, 31, 4),
    ("spring", 1, 1, 1, 3, 31, 3),
    ("summer", 1, 4, 1, 8, 31, 5),
)


@dataclass(frozen=True)
class Term:
    """A term of an academic year with its twelfths of an annual value; both days included."""

    code: str
    name: str
    start: dt.date
    end: dt.date
    twelfths: int
    academic_year: int

    def day(self, number: int) -> dt.date:
        """The day so many days after the first one. The shortest term has 90."""
        return self.start + dt.timedelta(days=number)


def terms_of(academic_year: int) -> list[Term]:
    """Autumn, spring and summer of the academic year beginning in that calendar year."""
    return [
        Term(
            code=f"{academic_year + later}-{season}",
            name=f"{season.capitalize()} term {academic_year + later}",
            start=dt.date(academic_year + later, first_month, first_day),
            end=dt.date(academic_year + later, last_month, last_day),
            twelfths=twelfths,
            academic_year=academic_year,
        )
        for season, later, first_month, first_day, last_month, last_day, twelfths in TERMS
    ]


@dataclass(frozen=True)
class Timeline:
    """The days the story hangs on. `folder` takes the files to try."""

    today: dt.date
    folder: Path

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def ahead(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    @cached_property
    def academic_year(self) -> int:
        return self.today.year if self.today.month >= 9 else self.today.year - 1

    @cached_property
    def terms(self) -> list[Term]:
        """Those of the academic years before and now."""
        return [*terms_of(self.academic_year - 1), *terms_of(self.academic_year)]

    @cached_property
    def term(self) -> Term:
        """The one we are in, whose run is a draft."""
        return next(term for term in self.terms if term.start <= self.today <= term.end)

    @property
    def exercise_due(self) -> dt.date:
        return self.ahead(8)

    @property
    def round_due(self) -> dt.date:
        return self.ahead(18)

    @cached_property
    def last_term(self) -> Term:
        """The one before, whose round is finished and whose run is published."""
        return self.terms[self.terms.index(self.term) - 1]
