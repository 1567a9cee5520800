"""Reads the sample caseload, values and calendars as inputs of the plain-Python rules."""

import csv
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from funding.calculation import (
    AgreedBand,
    BandValue,
    Period,
    Placement,
    Plan,
    PupilHistory,
)
from schools.register_rules import sector_of_school
from tests.shared_data import SHARED_DATA

LA_CODE = "881"


def read_rows(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with (SHARED_DATA / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def read_sectors() -> dict[int, str]:
    """The sector of each school, from its type in the register."""
    found = {}
    for row in read_rows("gias_essex.csv", "cp1252"):
        sector = sector_of_school(
            type_code=row["TypeOfEstablishment (code)"],
            phase_code=row["PhaseOfEducation (code)"],
            group_code=row["EstablishmentTypeGroup (code)"],
        )
        assert sector, row["URN"]
        found[int(row["URN"])] = sector
    return found


def read_pupils() -> list[PupilHistory]:
    sectors = read_sectors()
    authority: dict[str, str] = {}
    facts: dict[str, dict[str, set]] = defaultdict(lambda: defaultdict(set))
    for row in read_rows("caseload_essex.csv"):
        authority[row["pupil_id"]] = row["responsible_la"]
        of_pupil = facts[row["pupil_id"]]
        urn = int(row["school_urn"])
        of_pupil["placements"].add(
            Placement(urn, sectors[urn], _day(row["placement_start"]), _end(row["placement_end"]))
        )
        of_pupil["plans"].add(
            Plan(row["plan_type"], _day(row["plan_start"]), _end(row["plan_end"]))
        )
        if row["band"]:
            of_pupil["bands"].add(
                AgreedBand(
                    row["band_framework"],
                    row["band"],
                    _day(row["band_effective_from"]),
                    counts_for_sen_support=True,
                )
            )
    return [
        PupilHistory(
            pupil_id,
            authority[pupil_id],
            tuple(of_pupil["placements"]),
            tuple(of_pupil["plans"]),
            tuple(of_pupil["bands"]),
        )
        for pupil_id, of_pupil in facts.items()
    ]


def read_values() -> list[BandValue]:
    return [
        BandValue(
            row["framework"],
            row["band"],
            row["sector"],
            _day(row["effective_from"]),
            Decimal(row["annual_value"]) if row["annual_value"] else None,
        )
        for row in read_rows("band_values.csv")
    ]


def read_calendar(path: Path) -> tuple[str, list[Period]]:
    """The method and the periods of a calendar file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    periods = [
        Period(
            period["code"],
            _day(period["start"]),
            _day(period["end"]),
            period["numerator"],
            period["denominator"],
            _day(period["count_date"]),
        )
        for period in data["periods"]
    ]
    return data["proration"], periods


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _end(text: str) -> date | None:
    return _day(text) if text else None
