"""An amount asked for in pounds, tolerant of how people write it."""

from decimal import Decimal
from typing import Any

from django import forms

from banding_portal.files.kinds import BadValueError, Pounds


class PoundsField(forms.DecimalField):
    """Pounds as people write them, £12,000.50, or empty; the form says whether empty will do."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *args: Any, named: str = "The amount", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip()
        try:
            return Pounds().read(text) if text else None
        except BadValueError:
            said = f"{self.named} must be in pounds, like 12000 or £12,000.50"
            if text.startswith(("-", "−")):
                said = f"{self.named} must not be below £0"
            raise forms.ValidationError(said, code="amount") from None

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)
