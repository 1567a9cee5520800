"""A date asked for as day, month and year, tolerant of how people write them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from banding_portal.files.dates import FIRST_YEAR, LAST_YEAR, FarYearError, date_of, parts_of
from banding_portal.words import lower_first, noun_phrase, upper_first

PARTS = ("day", "month", "year")


class DateWidget(forms.MultiWidget):
    """Three inputs: name_0 the day, name_1 the month, name_2 the year."""

    template_name = "govuk/widgets/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"})] * 3, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["wrong"] = "aria-invalid" in context["widget"]["attrs"]
        return context

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateField(forms.DateField):
    """Cleans to a date. `example` ends the messages: "…, like 31 1 2027".

    `said` is what a sentence calls it, where the label is no noun: "the day it opens".
    """

    widget = DateWidget

    def __init__(self, *, example: str = "31 1 2027", said: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.example = example
        self.said = said

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, list | tuple):
            return super().to_python(value)
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        if parts[0] and not any(parts[1:]):
            given = parts_of(parts[0])[: len(PARTS)]
            parts = given + [""] * (len(PARTS) - len(given))
        missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            raise ValidationError(self.message_missing(missing), code="incomplete")
        try:
            day, month, year = parts
            return date_of(day, month, year)
        except FarYearError:
            raise ValidationError(self.message_far(), code="far") from None
        except ValueError:
            raise ValidationError(self.message_unreal(), code="invalid") from None

    def message_missing(self, missing: list[str]) -> str:
        return f"{self.name_in_words()} must include a {' and '.join(missing)}"

    def message_unreal(self) -> str:
        own = self.error_messages["invalid"]
        if own != forms.DateField.default_error_messages["invalid"]:
            return str(own)
        return f"{self.name_in_words()} must be a real date, like {self.example}"

    def message_far(self) -> str:
        return f"{self.name_in_words()} must be in a year from {FIRST_YEAR} to {LAST_YEAR}"

    def name_in_words(self) -> str:
        return upper_first(noun_phrase(self.said or str(self.label or "date")))

    def required_message(self) -> str:
        return f"Enter {lower_first(self.name_in_words())}, like {self.example}"
