"""Agreeing over how many terms money is taken back (rules.md F25)."""

from decimal import Decimal
from typing import Any

from django import forms

from banding_portal.words import money
from funding.calculation.money import part_of
from funding.forms.asking_first import AsksFirst


class RecoveryForm(AsksFirst):
    """How many instalments, one a term; what each comes to is told first."""

    instalments = forms.IntegerField(
        label="In how many terms",
        min_value=2,
        max_value=12,
        help_text="From 2 to 12. This run takes the first instalment.",
    )
    agreed_with = forms.CharField(
        label="Agreed with",
        max_length=60,
        help_text="By role, like “the headteacher”. The school reads it.",
    )
    reason = forms.CharField(
        label="Why it is spread",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept for finance and audit. Do not write names.",
    )

    class Look:
        width = {"instalments": 2}
        said = {
            "instalments": "the number of terms",
            "agreed_with": "who agreed for the school",
            "reason": "why it is spread",
        }

    def __init__(self, *args: Any, total: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        count = cleaned.get("instalments")
        self.ask(f"{count} {self.total}", lambda: self.parts(count or 2))
        return cleaned

    def parts(self, count: int) -> list[str]:
        first, last = part_of(self.total, 0, count), part_of(self.total, count - 1, count)
        each = money(first) if first == last else f"{money(first)}, the last {money(last)}"
        return [f"{money(self.total)} is taken back in {count} instalments of {each}."]
