"""What the interface answers, field by field: the description of it is made from these (F20)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self, cast
from uuid import UUID

from ninja import Field, Schema

from funding.choices import PAID_KINDS, LineKind
from funding.models import Line, Run

Pounds = Annotated[
    Decimal, Field(description="Pounds as text, to the penny.", examples=["1220.00"])
]


class Problem(Schema):
    """Why there is no answer."""

    problem: str = Field(description="A sentence for whoever looks after the finance system.")


class RunAnswer(Schema):
    """A published run. Nothing about it ever changes."""

    id: UUID = Field(description="Goes into the addresses of the run.")
    period: str = Field(description="Code of the payment period.", examples=["2026-autumn"])
    period_name: str = Field(description="In words.", examples=["Autumn term 2026"])
    year: str = Field(description="Of the payment calendar.", examples=["2026-27"])
    start: dt.date = Field(description="First day of the period.")
    end: dt.date = Field(description="Last day of the period.")
    sequence: int = Field(description="1 pays the period; later runs of it only adjust.")
    published_at: dt.datetime = Field(description="Later runs come later on the list.")
    lines: int = Field(description="How many lines it has, of every kind.")
    control_total: Pounds
    lines_hash: str = Field(description="SHA-256 of the lines as “calculate_run” writes them.")
    inputs_hash: str = Field(description="SHA-256 of everything the run was worked out from.")

    @classmethod
    def of(cls, run: Run) -> Self:
        period = run.period
        return cls(
            id=run.pk,
            period=period.code,
            period_name=period.name,
            year=period.calendar.year,
            start=period.start,
            end=period.end,
            sequence=run.sequence,
            published_at=cast("dt.datetime", run.published_at),
            lines=run.lines.count(),
            control_total=run.control_total,
            lines_hash=run.lines_hash,
            inputs_hash=run.inputs_hash,
        )


class SchoolAnswer(Schema):
    """What a run pays a school; all of them together are its control total."""

    urn: str = Field(description="The school’s number in the register.")
    name: str = Field(description="Of the school as it was called then.")
    type: str = Field(description="As in the register.")
    la_number: str = Field(description="The authority’s code and the school’s number in it.")
    lines: int = Field(description="Of every kind.")
    pupils: int = Field(description="Of lines that are paid.")
    amount: Pounds

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            urn=row["urn"],
            name=row["school_name"],
            type=row["school_type"],
            la_number=row["la_number"],
            lines=row["lines"],
            pupils=row["pupils"],
            amount=row["amount"],
        )


class LineAnswer(Schema):
    """A line as it was published; it names no pupil but by reference."""

    id: UUID = Field(description="Stays the same for ever.")
    kind: LineKind = Field(description="Why there is such a line.")
    is_paid: bool = Field(description="Whether its amount counts in the control total.")
    urn: str = Field(description="The school’s number in the register.")
    school: str = Field(description="Its name as it was called then.")
    sector: str = Field(description="Of the school, as a code.")
    payee: str = Field(description="Payee reference of the school; empty where it had none.")
    pupil_reference: str = Field(description="The authority’s own number of the pupil.")
    upn: str | None = Field(description="Only for a token whose scope has UPNs.")
    basis: str = Field(description="EHCP or SEN_SUPPORT; empty for an adjustment.")
    framework: str = Field(description="Code of the framework of its band.")
    band: str = Field(description="Code of the band in its framework.")
    annual_value: Pounds | None = Field(description="Pounds a year for its band.")
    period: str = Field(description="The period it pays: an earlier one for an adjustment.")
    start: dt.date = Field(description="The first day it pays.")
    end: dt.date = Field(description="The last day it pays.")
    days: int = Field(description="From start to end.")
    period_days: int = Field(description="All days of the period.")
    numerator: int = Field(description="Of the share of a year that the period pays.")
    denominator: int = Field(description="Of the same share.")
    amount: Pounds | None = Field(description="Empty where its band had no value.")
    cause: str = Field(description="Of an adjustment what changed, as a code.")

    @classmethod
    def of(cls, line: Line, *, with_upn: bool) -> Self:
        same = (
            *("id", "kind", "urn", "sector", "payee", "basis", "annual_value", "start", "end"),
            *("days", "period_days", "numerator", "denominator", "amount", "cause"),
        )
        return cls(
            **{name: getattr(line, name) for name in same},
            is_paid=line.kind in PAID_KINDS,
            school=line.school_name,
            pupil_reference=line.reference,
            upn=line.upn if with_upn else None,
            framework=line.framework_code,
            band=line.band_code,
            period=line.period.code,
        )


NEXT = Field(description="Address of the page after this one; null on the last.")


class RunPage(Schema):
    items: list[RunAnswer] = Field(description="The first published first.")
    next: str | None = NEXT


class SchoolList(Schema):
    run: UUID = Field(description="The run it is about.")
    control_total: Pounds
    items: list[SchoolAnswer] = Field(description="By name.")


class LinePage(Schema):
    run: UUID = Field(description="The run it is about.")
    lines: int = Field(description="How many lines the run has on all pages.")
    control_total: Pounds = Field(
        description="What the amounts of paid lines on all pages add up to. A download that comes "
        "to anything else is not whole: throw it away and begin again."
    )
    items: list[LineAnswer] = Field(description="School by school.")
    next: str | None = NEXT
