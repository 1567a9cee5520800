"""What values are looked for: a budget and rules, as JSON holds them (docs/commands.md). Pure."""

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from banding_portal.files.json_files import Text, said, validate
from banding_portal.jobs.results import Issue
from funding.choices import CountedDecisions
from funding.scenarios.terms import (
    DECISIONS,
    LARGEST,
    SECTORS,
    YEAR,
    Budget,
    Candidate,
    Exact,
    Pounds,
    SectorCode,
    Share,
    money,
    one_of,
    percentage,
)

STEP = "Write pounds and whole pence, from 0 to 99999999.99."
ROUNDED = Annotated[Decimal, money(LARGEST, Decimal("0.01"))]
Ratio = Annotated[Decimal, percentage(Decimal(0), Decimal(1000))]


class Limit(Exact):
    model_config = ConfigDict(title="A limit is an object with band, sector, and least or most.")

    band: Text(60, is_code=True)  # type: ignore[valid-type]
    sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    least: Pounds | None = Field(default=None, description=STEP)
    most: Pounds | None = Field(default=None, description=STEP)


class SectorRatio(Exact):
    """How a sector's values relate to another's, band by band."""

    model_config = ConfigDict(
        title="A ratio is an object with sector, to_sector, and least or most, like 1.2."
    )

    sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    to_sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    least: Ratio | None = Field(default=None, description="Write a number, like 1.2.")
    most: Ratio | None = Field(default=None, description="Write a number, like 1.5.")


class SectorShare(Exact):
    """How much of what the values cost goes to a sector."""

    model_config = ConfigDict(
        title="A share is an object with sector, and least or most, in per cent."
    )

    sector: SectorCode = Field(description=f"The sector must be one of {SECTORS}.")
    least: Share | None = Field(default=None, description="Write a percentage from 0 to 100.")
    most: Share | None = Field(default=None, description="Write a percentage from 0 to 100.")


class Wish(Exact):
    """Values as near to today's as the rules let them be. What is left out is no rule."""

    model_config = ConfigDict(
        title="What is looked for is an object with year, framework, budget and rules."
    )

    name: Text(80) = "Values that fit"  # type: ignore[valid-type]
    year: str = Field(pattern=YEAR, description="Write the year like 2026-27.")
    framework: Text(40, is_slug=True)  # type: ignore[valid-type]
    sectors: list[SectorCode] | None = Field(
        default=None, description=f"Write a list of sectors: {SECTORS}."
    )
    decisions: Annotated[str, one_of(CountedDecisions.values)] = Field(
        default=CountedDecisions.AGREED.value, description=f"Write one of {DECISIONS}."
    )
    budget: Budget = Field(
        description="Write the budget in pounds and whole pence, more than nought."
    )
    spend_at_least: Budget | None = Field(
        default=None, description="Write pounds and whole pence, more than nought."
    )
    keep_order: bool = Field(default=True, description="Write true or false.")
    minimum_step: Pounds | None = Field(default=None, description=STEP)
    maximum_step: Pounds | None = Field(default=None, description=STEP)
    round_to: ROUNDED = Field(
        default=Decimal(5), description="Write pounds and whole pence, more than nought, like 5."
    )
    fixed: list[Candidate] = Field(default=[], description="Write a list.")
    limits: list[Limit] = Field(default=[], description="Write a list.")
    ratios: list[SectorRatio] = Field(default=[], description="Write a list.")
    shares: list[SectorShare] = Field(default=[], description="Write a list.")
    school_floor: Share | None = Field(
        default=None, description="Write a percentage from 0 to 100, like 98."
    )
    largest_change: Annotated[Decimal, percentage(Decimal(0), Decimal(1000))] | None = Field(
        default=None, description="Write a percentage from 0 to 1,000, like 10."
    )

    @model_validator(mode="after")
    def fits_together(self) -> "Wish":
        listed = [(each.band, each.sector) for each in self.fixed]
        twice = sorted({key for key in listed if listed.count(key) > 1})
        if twice:
            raise said(*(f"Band {band} is fixed twice in {sector}." for band, sector in twice))
        return self


def read_wish(data: object) -> tuple[Wish | None, list[Issue]]:
    """What a file asks for, or None and every problem."""
    return validate(Wish, data)
