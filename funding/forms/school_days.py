"""Setting school days by hand; what it does to what is paid is told first (rules.md F5)."""

from typing import Any

from django import forms
from django.db import transaction

from banding_portal.forms import DateField
from banding_portal.refusals import RefusalError
from funding.forms.asking_first import AsksFirst
from funding.services.school_days import keys_of, payments_by_school_days, save
from schools.forms.choosing import SchoolField

EXAMPLE = "25 5 2026"


class SchoolDaysForm(AsksFirst):
    """The weekdays from a day to a day, for everybody or for one school."""

    start = DateField(label="First day", said="the first day", example=EXAMPLE)
    end = DateField(
        label="Last day",
        said="the last day",
        example=EXAMPLE,
        required=False,
        help_text="Leave empty for a single day. Weekends in between stay as they are.",
    )
    is_school_day = forms.TypedChoiceField(
        label="These days are",
        choices=[("yes", "School days"), ("no", "No school days")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    school = SchoolField(
        label="School",
        required=False,
        empty_label="Every school",
        help_text="Only for a school whose days differ from the rest.",
    )

    class Look:
        said = {"is_school_day": "whether these are school days", "school": "a school"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = {name: cleaned.get(name) for name in ("start", "end", "is_school_day", "school")}
        about = " ".join(str(getattr(each, "pk", each)) for each in wanted.values())
        self.ask(about, lambda: self.effects(**wanted))
        return cleaned

    def effects(self, start: Any, end: Any, is_school_day: Any, school: Any) -> list[str]:
        """By period, as sentences; what cannot be is an error at its field."""
        try:
            keys = keys_of(start, end, school)
        except RefusalError as refusal:
            self.add_error("end", list(map(str, refusal.problems)))
            return []
        with transaction.atomic():
            payments = payments_by_school_days([day for _, day in keys])
            save(dict.fromkeys(keys, is_school_day))
            effects = payments.effects()
            transaction.set_rollback(True)
        return [str(effect) for effect in effects]
