"""When a school changed its sector (rules.md S11)."""

from typing import Any

from django import forms

from banding_portal.forms import DateField, PortalForm
from schools.choices import SectorChange


class SectorForm(PortalForm):
    what = forms.ChoiceField(
        label="What is right?",
        choices=SectorChange,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is right"},
    )
    since = DateField(
        label="If it changed: on which day?",
        said="the day it changed",
        help_text="The first day in the new sector, like 1 9 2026",
        example="1 9 2026",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        changed = given.get("what") == SectorChange.CHANGED
        if changed and not given.get("since") and "since" not in self.errors:
            self.add_error("since", "Enter the day on which the sector changed")
        return given
