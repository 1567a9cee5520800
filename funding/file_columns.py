"""What a file of band values and a payment calendar hold (interfaces.md, rules.md F1, F2). Pure."""

import re
from collections.abc import Sequence

from pydantic import ConfigDict, Field, field_validator, model_validator

from banding_portal.files.columns import Column
from banding_portal.files.json_files import Day, Part, Text, said, validate
from banding_portal.files.kinds import Choice, Date, OneOf, Pounds
from banding_portal.files.kinds import Text as TextKind
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.jobs.results import Issue
from funding import calculation
from funding.choices import Proration
from schools.kinds import SECTOR, URN

VALUE_LIMITS = Limits(
    noun="file of band values",
    endings=(".csv", ".xlsx"),
    max_bytes=MEGABYTE,
    advice="Send the values in several files.",
)
VALUE_COLUMNS = (
    Column("framework", "framework", TextKind(40), filled=True, help="The framework’s code."),
    Column("band", "band", TextKind(60), filled=True, help="The band’s code, or its name."),
    Column("sector", "sector", SECTOR, filled=True),
    Column("annual_value", "annual_value", Pounds(), help="Empty means not known yet."),
    Column(
        "effective_from", "effective_from", Date(), filled=True, said="the day the value begins"
    ),
)
SCHOOL_DAY_LIMITS = Limits(
    noun="file of school days",
    endings=(".csv", ".xlsx"),
    max_bytes=MEGABYTE,
    max_rows=20_000,
    advice="Send the days in several files.",
)
YES_OR_NO = OneOf((Choice(True, "1", also=("yes", "y")), Choice(False, "0", also=("no", "n"))))
SCHOOL_DAY_COLUMNS = (
    Column("date", "date", Date(), filled=True),
    Column(
        "is_school_day",
        "is_school_day",
        YES_OR_NO,
        filled=True,
        help="1 or 0, yes or no.",
        said="whether it is a school day",
    ),
    Column(
        "school_urn",
        "school_urn",
        URN,
        ("urn",),
        needed=False,
        help="Of a school with days of its own; empty for all.",
    ),
)
CALENDAR_LIMITS = Limits(
    noun="payment calendar",
    endings=(".json",),
    max_bytes=MEGABYTE,
    advice="Choose a payment calendar.",
)
LARGEST = 32_767
YEAR = re.compile(r"\d{4}-\d{2}", re.ASCII)
DAY = "Write a date like 2026-09-01."
NUMBER = Field(gt=0, le=LARGEST, description="Write a whole number above zero.")
PRORATIONS = ", ".join(Proration.values)


class PeriodPart(Part):
    model_config = ConfigDict(
        title="A period is an object with code, name, start, end, count_date, numerator and "
        "denominator."
    )

    code: Text(40, is_slug=True)  # type: ignore[valid-type]
    name: Text(80)  # type: ignore[valid-type]
    start: Day = Field(description=DAY)
    end: Day = Field(description=DAY)
    count_date: Day = Field(description=DAY)
    numerator: int = NUMBER
    denominator: int = NUMBER

    @property
    def as_rules(self) -> calculation.Period:
        return calculation.Period(
            self.code, self.start, self.end, self.numerator, self.denominator, self.count_date
        )


class CalendarFile(Part):
    model_config = ConfigDict(
        title="The file must be an object with year, proration and a list of periods."
    )

    year: str = Field(pattern=YEAR, description="Write the year like 2026-27.")
    proration: str = Field(description=f"The proration must be one of {PRORATIONS}.")
    periods: list[PeriodPart] = Field(description="The calendar has no list of periods.")

    @field_validator("proration")
    @classmethod
    def can_be_paid(cls, value: str) -> str:
        if problems := check_proration(value):
            raise said(*problems)
        return value

    @field_validator("periods")
    @classmethod
    def make_a_year(cls, periods: list[PeriodPart]) -> list[PeriodPart]:
        """Fractions add up to 1, without gap or overlap (F1)."""
        if problems := calculation.check_calendar([period.as_rules for period in periods]):
            raise said(*problems)
        return periods

    @model_validator(mode="after")
    def lie_in_financial_years(self) -> "CalendarFile":
        """What is paid by school days (F5)."""
        if self.proration == Proration.SCHOOL_DAYS:
            rules = [period.as_rules for period in self.periods]
            if problems := calculation.check_financial_years(rules):
                raise said(*problems)
        return self


def read_calendar(data: object) -> tuple[CalendarFile | None, list[Issue]]:
    """The calendar of a file's content, or None and every problem."""
    return validate(CalendarFile, data)


def check_proration(proration: str) -> Sequence[str]:
    """Why runs can't be paid by this method; empty when they can."""
    return [] if proration in Proration.values else [f"The proration must be one of {PRORATIONS}."]
