"""The totals of a run as they are kept with it, so that its pages need not add lines up again."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from funding.models import Run
from funding.selectors.runs import (
    RunTotals,
    Section251Total,
    Total,
    exceptions_left,
    run_totals,
    totals_by_cause,
    totals_by_kind,
    totals_by_section_251,
    totals_by_sector,
)

POUNDS = (
    *("amount", "allocation_total", "adjustment_total", "exceptional_total", "protection_total"),
    *("for_schools_total", "recovery_total", "recoupment_total"),
)
"""Kept as text, to the penny."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What the head and the tables of a run show."""

    totals: RunTotals
    sectors: list[Total]
    kinds: list[Total]
    causes: list[Total]
    section_251: list[Section251Total]


def work_out_summary(run: Run) -> RunSummary:
    """From the lines of the run; seven queries."""
    return RunSummary(
        totals=run_totals(run),
        sectors=totals_by_sector(run),
        kinds=totals_by_kind(run),
        causes=totals_by_cause(run),
        section_251=totals_by_section_251(run),
    )


def as_json(summary: RunSummary) -> dict[str, Any]:
    return {
        field.name: [_plain(each) for each in found] if isinstance(found, list) else _plain(found)
        for field in fields(summary)
        for found in [getattr(summary, field.name)]
    }


def summary_of(run: Run) -> RunSummary:
    """As kept when the run was calculated, with the exceptions that are left now; one query. A run
    that keeps none has its lines added up.
    """
    kept = run.summary
    if not kept:
        return work_out_summary(run)
    totals = _read(RunTotals, kept["totals"] | {"exceptions": exceptions_left(run)})
    groups = {
        name: [_read(Total, row) for row in kept[name]] for name in ("sectors", "kinds", "causes")
    }
    section_251 = [_read(Section251Total, row) for row in kept["section_251"]]
    return RunSummary(totals=totals, section_251=section_251, **groups)


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in asdict(row).items()
    }


def _read(kind: Any, row: dict[str, Any]) -> Any:
    return kind(**{name: Decimal(v) if name in POUNDS else v for name, v in row.items()})
