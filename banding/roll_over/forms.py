"""Looking at a year's end, and confirming it (rules.md S7)."""

import datetime as dt
from typing import Any

from django import forms

from banding.choices import RollOverKind
from banding.roll_over.rules import year_to_offer
from banding_portal.forms import PortalForm
from banding_portal.words import counted
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User
from schools.register_rules import academic_year_name, academic_year_of


class RollOverFilterForm(PortalForm):
    """Which year, and whom of it."""

    to = forms.TypedChoiceField(label="New year", coerce=int, required=False, empty_value=None)
    q = forms.CharField(label="Pupil, UPN or reference", required=False)
    kind = forms.ChoiceField(
        label="What happens", choices=[("", "All"), *RollOverKind.choices], required=False
    )
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = academic_year_of(today)
        years = {year_to_offer(today): None, now: None, now + 1: None}
        self.offer_choices("to", [(str(year), academic_year_name(year)) for year in years])
        offer_schools(self, "school", School.objects.visible_to(user))


class RollOverForm(PortalForm):
    """What somebody has to say before a year is rolled over."""

    ends_ceased = forms.BooleanField(required=False)
    is_early = forms.BooleanField(
        label="Roll over now anyway",
        error_messages={"required": "Tick the box if the year is to be rolled over now anyway"},
    )

    def __init__(self, *args: Any, early: str, ceased: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = f"End the {counted(ceased, 'placement')} of pupils without a plan, too"
        self.fields["ends_ceased"].label = ends
        if not ceased:
            del self.fields["ends_ceased"]
        if not early:
            del self.fields["is_early"]
