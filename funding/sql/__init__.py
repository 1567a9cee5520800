"""The set-based statements of a run, in plain SQL beside this module (rules.md F3-F8).

`lines`, `school_lines`, `exceptions`, `overlaps`, `two_amounts`, `reported`, `known_before`,
`adjustments`, `school_adjustments`, `claims`, `recoveries`, `inputs` and `undecided` are
statements; most begin with the expressions of `states`, and those that write lines end with
`copied_from`. They take `parameters(period)`, `reported` what schools reported besides. `due`,
`year_due` and `movements` only read.
"""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from banding.decisions.agreed_bands import agreed_decisions
from banding.exceptional.selectors import agreed_amounts
from funding.calculation.calendar import financial_year_of
from funding.choices import Proration
from funding.models import Period, Run

HERE = Path(__file__).parent
# A statement reads every pupil's facts: in memory rather than on disk, and each table from end to
# end rather than row by row through an index, which the planner would choose for being sorted.
# What a line keeps of its school, pupil and band as they are called when it is calculated (F7).
COPIED = (
    "la_number, urn, school_name, school_type, type_code, type_group_code, phase, payee, sector, "
)
MAY_BE_NONE = ("reference", "upn", "framework_code", "band_code", "band_name")
# Written once for every line: what annual pounds come to on its days (F3 to F5), the division last,
# and the school days from a day to a day out of what was counted up to each day of the year.
AMOUNT_OF = re.compile(r"\{amount (\S+)\}")
AMOUNT = (
    r"CASE WHEN %(by_school_days)s THEN round(\1 * school_days / year_school_days, 2) ELSE "
    r"round(\1 * %(numerator)s * days / (%(denominator)s * %(period_days)s), 2) END"
)
DAYS_OF = re.compile(r"\{school_days (\S+) (\S+)\}")
SCHOOL_DAYS = r"counts[\2 - %(year_start)s + 1] - coalesce(counts[\1 - %(year_start)s], 0)"
PLANNING = {"work_mem": "256MB", "enable_indexscan": "off"}


def execute(name: str, run: Run, period: Period, **more: Any) -> None:
    """Run a statement that inserts for `run` what it finds in its period or an earlier one."""
    of_run = {"run": run.pk, "earlier": None if run.period_id == period.pk else period.pk}
    _execute(name, parameters(period) | of_run | more, [])


def look_at_one_day(name: str, day: dt.date, **more: Any) -> None:
    """Run a statement that inserts what it finds on a day, whatever period the day lies in."""
    values = {
        "first_day": day,
        "last_day": day,
        "la_code": settings.LA_CODE,
        "only": None,
        "whole_period": False,
        "by_school_days": False,
        **dict.fromkeys(["period_start", "period_end", "year_start", "year_end"], day),
        **dict.fromkeys(["numerator", "denominator", "period_days"], 1),
    }
    _execute(name, values | more, [])


def fetch(name: str, period: Period, only: UUID | None = None) -> list[tuple[Any, ...]]:
    """Run a statement that reads, of all pupils or of one; returns its rows."""
    rows: list[tuple[Any, ...]] = []
    _execute(name, parameters(period) | {"only": only}, rows)
    return rows


def fetch_one(name: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """Run a statement with values of its own; returns its only row."""
    rows: list[tuple[Any, ...]] = []
    _execute(name, values, rows)
    return rows[0]


def run_script(name: str, values: dict[str, Any]) -> None:
    """Run the statements of a file, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(text_of(name), values)


def _execute(name: str, values: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    decisions, decision_values = _decisions()
    amounts, amount_values = _amounts()
    statement = text_of(name).replace("{states}", text_of("states"))
    statement = statement.replace("{protected}", text_of("protected"))
    statement = statement.replace("{for_school}", text_of("for_school"))
    statement = statement.replace("{copied_from}", text_of("copied_from"))
    statement = statement.replace("{copied}", COPIED + ", ".join(MAY_BE_NONE))
    copies = ", ".join(f"coalesce({name}, '')" for name in MAY_BE_NONE)
    statement = statement.replace("{copies}", COPIED + copies)
    statement = statement.replace("{decisions}", decisions).replace("{amounts}", amounts)
    with connection.cursor() as cursor:
        _set(cursor, PLANNING)
        cursor.execute(statement, values | decision_values | amount_values)
        if cursor.description:
            rows += cursor.fetchall()
        # The look-ups of foreign keys at the end of the transaction need their indexes.
        _set(cursor, {"enable_indexscan": "on"})


def parameters(period: Period) -> dict[str, Any]:
    """What the statements ask for: the days looked at, and the period's fraction."""
    first_day, last_day = days_looked_at(period)
    year_start, year_end = financial_year_of(period.start)
    return {
        "period": period.pk,
        "first_day": first_day,
        "last_day": last_day,
        "by_school_days": period.calendar.proration == Proration.SCHOOL_DAYS,
        "year_start": year_start,
        "year_end": year_end,
        "whole_period": period.calendar.proration == Proration.WHOLE_PERIOD,
        "period_start": period.start,
        "period_end": period.end,
        "period_days": period.days,
        "numerator": period.numerator,
        "denominator": period.denominator,
        "la_code": settings.LA_CODE,
        "only": None,
    }


def days_looked_at(period: Period) -> tuple[dt.date, dt.date]:
    """The first and last day whose states count: all, or the count date alone (F3, F4)."""
    if period.calendar.proration == Proration.WHOLE_PERIOD:
        return period.count_date, period.count_date
    return period.start, period.end


def _set(cursor: Any, settings_of_planner: dict[str, str]) -> None:
    """Until the end of the transaction."""
    for name, value in settings_of_planner.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _decisions() -> tuple[str, dict[str, Any]]:
    """What banding says may be an agreed band (B9), as SQL with named values."""
    fields = ["id", "pupil_id", "framework_id", "band_id", "effective_from", "submitted_at"]
    # Asked of banding rather than written here, so that what may be agreed is decided once.
    return _named("decision", agreed_decisions().order_by().values(*fields, "settled", "moderated"))


def _amounts() -> tuple[str, dict[str, Any]]:
    """What is agreed beside the bands (B11), likewise."""
    fields = ["id", "amount", "starts_on", "ends_on"]
    return _named("amount", agreed_amounts().order_by().values("paid_for", *fields))


def _named(name: str, rows: QuerySet[Any, Any]) -> tuple[str, dict[str, Any]]:
    text, values = rows.query.sql_with_params()
    named = {f"{name}_{place}": value for place, value in enumerate(values)}
    return text % tuple(f"%({each})s" for each in named), named


@cache
def text_of(name: str) -> str:
    """A file beside this module, with what is written once for every line put in."""
    text = (HERE / f"{name}.sql").read_text(encoding="utf-8").strip()
    return DAYS_OF.sub(SCHOOL_DAYS, AMOUNT_OF.sub(AMOUNT, text))
