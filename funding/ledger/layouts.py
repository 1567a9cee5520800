"""The shapes in which ledgers take a journal and payables, as data. Pure.

A column is a heading and what stands under it. To add a ledger's shape, add a `Layout`.
"""

from dataclasses import dataclass

JOURNAL_FACTS = {
    *("date", "cost_centre", "subjective", "debit", "credit", "signed", "unsigned", "side"),
    *("description", "reference", "urn"),
}
PAYABLE_FACTS = {
    *("supplier", "supplier_name", "document", "kind", "date", "pay_date", "cost_centre"),
    *("subjective", "signed", "unsigned", "vat", "description", "reference", "urn"),
}
Columns = tuple[tuple[str, str], ...]
FIXED, OWN = "=", "own"
"""What begins so stands on every line as it is; the code of the authority's own layout."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`delimiter` stands between cells; days are written as `day`."""

    code: str
    name: str
    journal: Columns
    payables: Columns
    delimiter: str = ","
    day: str = "%d/%m/%Y"


TWO_COLUMNS = Layout(
    "two-columns",
    "Debit and credit in two columns",
    journal=(
        ("Posting date", "date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Debit", "debit"),
        ("Credit", "credit"),
        ("Description", "description"),
        ("Reference", "reference"),
    ),
    payables=(
        ("Supplier number", "supplier"),
        ("Supplier name", "supplier_name"),
        ("Document", "document"),
        ("Type", "kind"),
        ("Document date", "date"),
        ("Pay date", "pay_date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Amount", "unsigned"),
        ("VAT code", "vat"),
        ("Description", "description"),
    ),
)
SIGNED = Layout(
    "signed",
    "One amount, below zero for a credit",
    journal=(
        ("Date", "date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Amount", "signed"),
        ("Description", "description"),
        ("Reference", "reference"),
    ),
    payables=(
        ("Supplier", "supplier"),
        ("Reference", "document"),
        ("Date", "date"),
        ("Pay date", "pay_date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Amount", "signed"),
        ("VAT", "vat"),
        ("Description", "description"),
    ),
    day="%Y-%m-%d",
)
FLAGGED = Layout(
    "flagged",
    "One amount, with D or C beside it, between tabs",
    journal=(
        ("Date", "date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Amount", "unsigned"),
        ("D or C", "side"),
        ("Description", "description"),
        ("Reference", "reference"),
    ),
    payables=(
        ("Supplier", "supplier"),
        ("Reference", "document"),
        ("Date", "date"),
        ("Pay date", "pay_date"),
        ("Cost centre", "cost_centre"),
        ("Subjective", "subjective"),
        ("Amount", "unsigned"),
        ("Type", "kind"),
        ("VAT", "vat"),
        ("Description", "description"),
    ),
    delimiter="\t",
    day="%Y%m%d",
)
LAYOUTS = {layout.code: layout for layout in (TWO_COLUMNS, SIGNED, FLAGGED)}
