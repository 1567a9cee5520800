"""Ledger codes, the shape of the files, whom schools are paid under, and making the files (F18)."""

import datetime as dt
from typing import Any

from django import forms

from banding_portal.files.dates import read_date
from banding_portal.forms import DateField, PortalForm
from funding.choices import DayFormat, Delimiter
from funding.forms.asking_first import AsksFirst
from funding.forms.configuration import far_away
from funding.ledger.layouts import Columns
from funding.ledger.models import LAYOUT_CHOICES
from funding.ledger.own_layout import (
    JOURNAL_WORDS,
    PAYABLE_WORDS,
    read_journal,
    read_payables,
)
from funding.section_251 import LINES
from schools.choices import Sector
from schools.models import School

ALL, CREDIT, WAIT = "all", "credit", "wait"
ACCOUNT = {
    "cost_centre": {"required": "Enter the cost centre"},
    "subjective": {"required": "Enter the subjective code"},
}


class LedgerCodeForm(PortalForm):
    """Where money is booked: for all, for a section 251 line, for a sector, or for both."""

    section = forms.ChoiceField(label="Providers", choices=[(ALL, "All providers"), *LINES.items()])
    sector = forms.ChoiceField(label="Sector", choices=[(ALL, "Every sector"), *Sector.choices])
    cost_centre = forms.CharField(
        label="Cost centre", max_length=20, error_messages=ACCOUNT["cost_centre"]
    )
    subjective = forms.CharField(
        label="Subjective code", max_length=20, error_messages=ACCOUNT["subjective"]
    )

    class Look:
        width = {"cost_centre": 10, "subjective": 10}

    def clean_section(self) -> str:
        return stored(self.cleaned_data["section"])

    def clean_sector(self) -> str:
        return stored(self.cleaned_data["sector"])


def stored(chosen: str) -> str:
    return "" if chosen == ALL else chosen


class LedgerSetupForm(PortalForm):
    layout = forms.ChoiceField(
        label="How your ledger takes amounts", choices=LAYOUT_CHOICES, widget=forms.RadioSelect
    )
    contra_cost_centre = forms.CharField(
        label="Cost centre of the other side of the journal",
        max_length=20,
        error_messages=ACCOUNT["cost_centre"],
    )
    contra_subjective = forms.CharField(
        label="Subjective code of the other side",
        max_length=20,
        error_messages=ACCOUNT["subjective"],
    )
    vat_code = forms.CharField(label="VAT code", max_length=10, required=False)
    carries = forms.ChoiceField(
        label="When a payee owes more than is paid",
        choices=[(CREDIT, "Send a credit note"), (WAIT, "Wait, and take it off the next run")],
        widget=forms.RadioSelect,
    )

    class Look:
        width = {"contra_cost_centre": 10, "contra_subjective": 10, "vat_code": 5}
        said = {
            "layout": "the shape of the files",
            "carries": "what happens when a payee owes more than is paid",
        }

    def clean_carries(self) -> bool:
        return self.cleaned_data["carries"] == WAIT


def columns_field(label: str, words: dict[str, str]) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=f"What can stand under a heading: {', '.join(words)}. Text between quotation "
        "marks stands on every line.",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=4000,
        error_messages={"required": f"Enter the {label.lower()}"},
    )


class OwnLayoutForm(PortalForm):
    """Columns of the two files, one a line: a heading, a colon and what stands under it."""

    delimiter = forms.ChoiceField(
        label="What stands between two cells", choices=Delimiter.choices, widget=forms.RadioSelect
    )
    day = forms.ChoiceField(
        label="How a day is written", choices=DayFormat.choices, widget=forms.RadioSelect
    )
    journal = columns_field("Columns of the journal", JOURNAL_WORDS)
    payables = columns_field("Columns of the payables", PAYABLE_WORDS)

    class Look:
        said = {"delimiter": "the sign between two cells", "day": "the way days are written"}

    def clean_journal(self) -> Columns:
        return self.checked(*read_journal(self.cleaned_data["journal"]))

    def clean_payables(self) -> Columns:
        return self.checked(*read_payables(self.cleaned_data["payables"]))

    def checked(self, columns: Columns, problems: list[str]) -> Columns:
        if problems:
            raise forms.ValidationError(problems)
        return columns


class PayeesForm(PortalForm):
    """Payee references of schools, a line each, as copied out of a spreadsheet."""

    references = forms.CharField(
        label="URNs and payee references",
        help_text="A school a line: its URN, then a comma or a tab, then the reference. Without a "
        "reference the one it has is taken away.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
        error_messages={"required": "Enter at least one school, like 123456, T1042"},
    )

    def clean_references(self) -> dict[str, str]:
        """References by URN; every line that cannot be taken is named."""
        found: dict[str, str] = {}
        problems = []
        for place, line in enumerate(self.cleaned_data["references"].splitlines(), start=1):
            if not line.strip():
                continue
            urn, _, reference = (part.strip() for part in line.replace("\t", ",").partition(","))
            if urn in found:
                problems.append(f"Line {place}: {urn} is there twice.")
            if len(reference) > 40:
                problems.append(f"Line {place}: the reference is longer than 40 characters.")
            found[urn] = reference
        known = set(School.objects.filter(urn__in=found).values_list("urn", flat=True))
        problems += [f"There is no school with the URN “{urn}”." for urn in found.keys() - known]
        if problems:
            raise forms.ValidationError(sorted(problems))
        return found


class LedgerFilesForm(AsksFirst):
    """The days files are made for; those that look like a slip are asked about."""

    posting_date = DateField(label="Posting date", said="the posting date", example="31 12 2026")
    pay_dates = forms.CharField(
        label="Pay dates",
        help_text="The days on which payees are paid, a day a line, like 31 12 2026. With several "
        "each payee is paid in equal parts. Without any it is the posting date.",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_pay_dates(self) -> list[dt.date]:
        """Every line that is no date is named."""
        found, wrong = [], []
        for line in filter(None, map(str.strip, self.cleaned_data["pay_dates"].splitlines())):
            try:
                found.append(read_date(line))
            except ValueError:
                wrong.append(f"“{line[:40]}” is no date. Write each like 31 12 2026.")
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = [day for day in (cleaned.get("posting_date"), *cleaned.get("pay_dates", ())) if day]
        self.ask(" ".join(map(str, days)), lambda: [said for day in days for said in far_away(day)])
        return cleaned
