"""The columns of a schedule (rules.md F11), in one table, and the statement that reads them.

Only stored lines are read; nothing is worked out but words for codes.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from banding_portal.csv_text import STARTS_A_FORMULA
from banding_portal.workbook import DAY, MONEY, NUMBER, TEXT
from funding.choices import LineKind
from schools.choices import PlanType


@dataclass(frozen=True, slots=True)
class Column:
    """`form` says how a workbook shows it; `in_ledger` whether a ledger gets it."""

    heading: str
    sql: str
    form: str = TEXT
    width: int = 12
    in_ledger: bool = True


def words_for(field: str, choices: type[TextChoices]) -> str:
    """SQL that says a code in words; both come from our own vocabularies."""
    cases = " ".join(
        "WHEN '{}' THEN '{}'".format(value, label.replace("'", "''"))
        for value, label in choices.choices
    )
    return f"CASE {field} {cases} ELSE '' END"


COLUMNS = (
    Column("LA number", "line.la_number"),
    Column("URN", "line.urn", width=9),
    Column("School", "line.school_name", width=36),
    Column("Type", "line.school_type", width=26),
    Column("Pupil reference", "line.reference", width=17),
    Column("UPN", "line.upn", width=16, in_ledger=False),
    Column("Basis", words_for("line.basis", PlanType), width=13),
    Column("Band", "line.band_name"),
    Column("Annual value", "line.annual_value", MONEY, 14),
    Column("Period", "period.name", width=20),
    Column("Start", 'line."start"', DAY),
    Column("End", 'line."end"', DAY),
    Column("Days", "line.days", NUMBER, 7),
    Column("Fraction", "line.numerator || '/' || line.denominator", width=9),
    Column("Amount", "line.amount", MONEY, 14),
    Column("Kind", words_for("line.kind", LineKind), width=22),
    Column("Run", "run_period.code || ' run ' || run.sequence", width=20),
    Column("Why adjusted", "line.cause_said", width=60, in_ledger=False),
)
LEDGER_COLUMNS = tuple(column for column in COLUMNS if column.in_ledger)
FORMULA_CODES = ", ".join(str(ord(start)) for start in STARTS_A_FORMULA)
HEADINGS = tuple(column.heading for column in COLUMNS)

FROM = """
FROM funding_line line
JOIN funding_run run ON run.id = line.run_id
JOIN funding_period run_period ON run_period.id = run.period_id
JOIN funding_period period ON period.id = line.period_id
WHERE line.run_id = %s
ORDER BY line.urn, line.reference COLLATE "C", line."start", period."start", line.kind,
         line.amount
"""


def select_rows(expressions: list[str]) -> str:
    """The statement that reads these expressions of a run's lines, by school and pupil."""
    return f"SELECT {', '.join(expressions)} {FROM}"


def guarded(column: Column) -> str:
    """The column as a CSV file holds it: an apostrophe before what looks like a formula (T9)."""
    if column.form != TEXT:
        return f'{column.sql} AS "{column.heading}"'
    text = f"({column.sql})"
    return (
        f"CASE WHEN ascii({text}) IN ({FORMULA_CODES}) THEN '''' ELSE '' END || {text} "
        f'AS "{column.heading}"'
    )


def as_number(column: Column) -> str:
    """The column as a workbook holds it: a day as its number, the rest as it is."""
    return f"({column.sql}) - DATE '1899-12-30'" if column.form == DAY else column.sql
