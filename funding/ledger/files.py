"""A journal and payables as the authority's ledger takes them (F18, T9)."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from banding_portal.csv_text import as_text
from funding.ledger.layouts import FIXED, Columns, Layout
from funding.ledger.models import LedgerSetup
from funding.ledger.rules import Instalment, JournalLine
from funding.models import Run

INVOICE, CREDIT_NOTE = "INV", "CRN"


def journal_file(run: Run, lines: Iterable[JournalLine], layout: Layout, day: dt.date) -> bytes:
    reference = f"{run.period.code}-{run.sequence}"
    return _written(
        layout,
        layout.journal,
        (
            {
                "date": day.strftime(layout.day),
                "cost_centre": line.account.cost_centre,
                "subjective": line.account.subjective,
                "debit": line.debit or "",
                "credit": line.credit or "",
                **_amount(line.signed),
                "side": "D" if line.debit else "C",
                "description": f"{run.period.name}, {line.what}",
                "reference": reference,
                "urn": line.urn,
            }
            for line in lines
        ),
    )


def payables_file(
    runs: dict[str, Run],
    parts: Iterable[Instalment],
    setup: LedgerSetup,
    layout: Layout,
    day: dt.date,
) -> bytes:
    """`runs` by identifier: what was carried stands under the run it comes from."""

    def row(part: Instalment) -> dict[str, Any]:
        each, run = part.booked, runs[part.booked.run]
        reference = f"{run.period.code}-{run.sequence}"
        return {
            "supplier": each.payee,
            "supplier_name": each.payee_name,
            "document": document_of(run, part),
            "pay_date": part.pay_date.strftime(layout.day),
            "kind": CREDIT_NOTE if each.amount < 0 else INVOICE,
            "date": day.strftime(layout.day),
            "cost_centre": each.account.cost_centre,
            "subjective": each.account.subjective,
            **_amount(each.amount),
            "vat": setup.vat_code,
            "description": f"{run.period.name}, {each.school}",
            "reference": reference,
            "urn": each.urn,
        }

    return _written(layout, layout.payables, (row(part) for part in parts if part.booked.amount))


def document_of(run: Run, part: Instalment) -> str:
    """The number of a payee’s document, by which a payment is known again: like
    2026-autumn-1-T100, or 2026-autumn-1.2-T100 for the second instalment.
    """
    number = f".{part.number}" if part.number else ""
    return f"{run.period.code}-{run.sequence}{number}-{part.booked.payee}"


def _amount(signed: Decimal) -> dict[str, Decimal]:
    return {"signed": signed, "unsigned": abs(signed)}


def cell_of(row: dict[str, Any], fact: str) -> Any:
    return fact.removeprefix(FIXED) if fact.startswith(FIXED) else row[fact]


def _written(layout: Layout, columns: Columns, rows: Iterable[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=layout.delimiter)
    writer.writerow([heading for heading, _ in columns])
    for row in rows:
        cells = [cell_of(row, fact) for _, fact in columns]
        writer.writerow([as_text(each) if isinstance(each, str) else each for each in cells])
    return text.getvalue().encode()
