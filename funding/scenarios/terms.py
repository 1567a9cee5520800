"""What a scenario supposes, as JSON holds it (docs/commands.md, rules.md F14). Pure."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from banding_portal.files.json_files import Part, Text, day, said, shown, validate
from banding_portal.files.limits import MEGABYTE, Limits
from banding_portal.jobs.results import Issue
from funding.choices import CountedDecisions, NotBanded, ProtectedBy
from schools.choices import PrimaryNeed, Sector

CURRENT = "current"
LIMITS = Limits(
    noun="scenario", endings=(".json",), max_bytes=MEGABYTE, advice="Send fewer values."
)
LARGEST = Decimal("99999999.99")
LARGEST_BUDGET = Decimal("99999999999.99")
YEAR = re.compile(r"\d{4}-\d{2}", re.ASCII)
SECTORS = ", ".join(Sector.values)
NEEDS = ", ".join(PrimaryNeed.values)
DECISIONS = ", ".join(CountedDecisions.values)
MOST_YEARS = 10
OBJECT = "Write null, or an object with {}."


def number(value: Any) -> Decimal:
    """A number as it was written; True, text and what is no number are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise said_by_field()
    found = Decimal(str(value))
    if not found.is_finite():
        raise said_by_field()
    return found


def said_by_field() -> ValueError:
    return ValueError("the field’s description says it")


def money(most: Decimal, least: Decimal = Decimal(0)) -> Any:
    def check(value: Any) -> Decimal:
        found = number(value)
        if not least <= found <= most or round(found, 2) != found:
            raise said_by_field()
        return found

    return BeforeValidator(check)


def percentage(least: Decimal, most: Decimal) -> Any:
    def check(value: Any) -> Decimal:
        found = number(value)
        if not least <= found <= most:
            raise said_by_field()
        return found

    return BeforeValidator(check)


def one_of(words: list[str]) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise said_by_field()
        return value

    return BeforeValidator(check)


Pounds = Annotated[Decimal, money(LARGEST)]
Budget = Annotated[Decimal, money(LARGEST_BUDGET, Decimal("0.01"))]
Growing = Annotated[Decimal, percentage(Decimal(-100), Decimal(1000))]
Share = Annotated[Decimal, percentage(Decimal(0), Decimal(100))]
Floor = Annotated[Decimal, percentage(Decimal(1), Decimal(100))]
SectorCode = Annotated[str, one_of(Sector.values)]
Need = Annotated[str, one_of(PrimaryNeed.values)]
PERCENT = (
    "Write the growth as a percentage from −100 to 1,000, like 3.5: nobody can lose more than "
    "every pupil."
)
HEADS = Field(default=0, ge=0, le=10_000, description="Write a whole number of pupils, 0 or more.")


class Exact(Part):
    """An object in which a key that means nothing is a mistake, and not left alone."""

    @model_validator(mode="before")
    @classmethod
    def knows_its_keys(cls, value: Any) -> Any:
        if isinstance(value, dict) and (
            unknown := [key for key in value if key not in cls.model_fields]
        ):
            known = ", ".join(cls.model_fields)
            raise said(
                *(f"“{shown(key)}” means nothing here. Known are {known}." for key in unknown)
            )
        return value


class Candidate(Part):
    """What a band would be worth a year in a sector."""

    model_config = ConfigDict(title="A value is an object with band, sector and annual_value.")

    band: Text(60, is_code=True)  # type: ignore[valid-type]
    sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    annual_value: Pounds = Field(
        description="Write the annual value in pounds and whole pence, from 0 to 99999999.99."
    )


class Protection(Exact):
    """A floor for some years, or the fall phased in by year; never both, and never below."""

    model_config = ConfigDict(
        title=OBJECT.format("per (pupil or school) and either floor and years, or weights"),
    )

    per: Annotated[str, one_of(ProtectedBy.values)] = Field(
        default=ProtectedBy.PUPIL.value, description="Write pupil or school."
    )
    floor: Floor | None = Field(
        default=None, description="Write the floor as a percentage from 1 to 100, like 98.5."
    )
    years: int = Field(
        default=1, ge=1, le=MOST_YEARS, description="Write for how many years, from 1 to 10."
    )
    weights: list[Share] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_YEARS,
        description="Write up to ten percentages, of the first year, the second and so on: how "
        "much of a fall is felt, like [25, 50, 75].",
    )

    @model_validator(mode="after")
    def one_way(self) -> "Protection":
        if (self.floor is None) == (self.weights is None):
            raise said("Protection has either a floor or weights.")
        if self.weights and sorted(self.weights) != self.weights:
            raise said("Each year feels as much of a fall as the one before, or more of it.")
        return self


class Joining(Exact):
    """Pupils who come and go each month, of one kind."""

    model_config = ConfigDict(
        title="Monthly growth is an object with sector, and band, need or phase where they "
        "matter, and joiners and leavers a month.",
    )

    sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    band: Text(60, is_code=True) | None = None  # type: ignore[valid-type]
    need: Need | None = Field(default=None, description=f"The need must be one of {NEEDS}.")
    phase: Text(60) | None = None  # type: ignore[valid-type]
    joiners: int = HEADS
    leavers: int = HEADS


class PhaseEnd(Exact):
    """How many of the plans cease of those who finish a year group on 31 August."""

    model_config = ConfigDict(
        title="A phase end is an object with after_year and percent.",
    )

    after_year: int = Field(
        ge=-2, le=21, description="Write the year group that is finished, from -2 to 21."
    )
    percent: Share = Field(
        description="Write how many per cent of plans cease, from 0 to 100, like 12.5."
    )


class Growth(Exact):
    model_config = ConfigDict(
        title="Write null, a percentage, or an object with percent, monthly and phase_ends."
    )

    percent: Growing | None = Field(default=None, description=PERCENT)
    monthly: list[Joining] = Field(default=[], max_length=200, description="Write a list.")
    phase_ends: list[PhaseEnd] = Field(default=[], max_length=24, description="Write a list.")

    @model_validator(mode="after")
    def ends_once(self) -> "Growth":
        ends = [each.after_year for each in self.phase_ends]
        if twice := sorted({end for end in ends if ends.count(end) > 1}):
            raise said(*(f"The end of year group {end} is there twice." for end in twice))
        return self


def as_growth(value: Any) -> Any:
    """A number alone is the percentage."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return {"percent": value} if is_number else value


def none_if_current(value: Any) -> Any:
    return None if value == CURRENT else value


def days_by_sector(value: Any) -> dict[str, dt.date]:
    if not isinstance(value, dict) or not value.keys() <= set(Sector.values):
        raise said_by_field()
    return {sector: day(each) for sector, each in value.items()}


class Scenario(Part):
    """All that a scenario supposes; what is left out is as it is today."""

    model_config = ConfigDict(
        title="A scenario is an object with name, year, framework, values, decisions, protection, "
        "growth and budget."
    )

    name: Text(80)  # type: ignore[valid-type]
    year: str = Field(pattern=YEAR, description="Write the year like 2026-27.")
    framework: Text(40, is_slug=True) | None = None  # type: ignore[valid-type]
    values: Annotated[list[Candidate] | None, BeforeValidator(none_if_current)] = Field(
        default=None,
        description="Write “current”, or a list of objects with band, sector and annual_value.",
    )
    uplift: Annotated[Decimal, percentage(Decimal(-100), Decimal(1000))] | None = Field(
        default=None, description="Write the uplift as a percentage from −100 to 1,000, like 2.5."
    )
    go_live: Annotated[dict[str, dt.date], BeforeValidator(days_by_sector)] = Field(
        default={},
        description="Write an object of sectors and the day from which the values count in each, "
        f"like 2027-04-01. The sectors are {SECTORS}.",
    )
    decisions: Annotated[str, one_of(CountedDecisions.values)] = Field(
        default=CountedDecisions.AGREED.value, description=f"Write one of {DECISIONS}."
    )
    unbanded: Annotated[str, one_of(NotBanded.values)] = Field(
        default=NotBanded.LEFT_OUT.value, description=f"Write one of {', '.join(NotBanded.values)}."
    )
    protection: Protection | None = None
    growth: Annotated[Growth, BeforeValidator(as_growth)] | None = None
    budget: Budget | None = Field(
        default=None,
        description="Write the budget in pounds and whole pence, more than nought, or null.",
    )

    @model_validator(mode="after")
    def fits_together(self) -> "Scenario":
        problems = []
        if self.values is not None:
            listed = [(each.band, each.sector) for each in self.values]
            twice = sorted({key for key in listed if listed.count(key) > 1})
            problems += [f"Band {band} has two values in {sector}." for band, sector in twice]
            if not self.framework:
                problems.append("Name the framework whose bands the values are of.")
            if self.uplift is not None:
                problems.append("An uplift is of today’s values: leave it out beside a list.")
        elif self.go_live:
            problems.append("Only values of a list go live: leave go_live out beside “current”.")
        if problems:
            raise said(*problems)
        return self


def read_scenario(data: object) -> tuple[Scenario | None, list[Issue]]:
    """The scenario of a file's content, or None and every problem."""
    return validate(Scenario, data)
