"""What is entered about panels and challenges."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from banding.models import Band
from banding_portal.forms import DateField, PortalForm
from banding_portal.words import day
from moderation.choices import ChangeReason
from moderation.panels.models import Panel, PanelCase
from moderation.panels.rules import QUORUM
from moderation.panels.selectors import eligible, panel_people
from moderation.panels.services import days_of
from moderation.services.outcomes import reason_against
from schools.models import User


def long_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EscalateForm(PortalForm):
    reason = forms.CharField(
        label="Why a panel is to decide this case",
        max_length=4000,
        help_text="The panel reads this. The school does not.",
        widget=long_text(5),
    )

    class Look:
        said = {"reason": "why a panel is to decide this case"}


class ChallengeForm(PortalForm):
    grounds = forms.CharField(
        label="Why the outcome is wrong",
        max_length=8000,
        help_text="Say what the outcome leaves out or gets wrong, area by area where you can. "
        "The panel reads this.",
        widget=long_text(10),
    )

    class Look:
        said = {"grounds": "why the outcome is wrong"}


class PanelForm(PortalForm):
    meets_on = DateField(label="Day", said="the day on which it meets")
    place = forms.CharField(
        label="Where it meets",
        max_length=200,
        help_text="A room, or how to join from elsewhere.",
    )
    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Members",
        widget=forms.CheckboxSelectMultiple,
        help_text=f"{QUORUM} at least. Who has a connection with a case, or has judged or settled "
        "it, takes no part in that one.",
        error_messages={"required": "Choose the members"},
    )
    minutes = forms.CharField(
        label="Minutes of the meeting",
        max_length=20000,
        required=False,
        help_text="Who was there and what was said in general. Each case has minutes of its own.",
        widget=long_text(6),
    )

    class Look:
        said = {"place": "where it meets", "minutes": "the minutes"}

    def __init__(self, *args: Any, panel: Panel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = panel_people()
        if panel is None or panel.meets_on > timezone.localdate():
            del self.fields["minutes"]
        if panel is not None:
            people = people | User.objects.filter(panel_seats__panel=panel)
        self.offer("members", people.distinct())


class DecideForm(PortalForm):
    band = forms.ModelChoiceField(
        Band.objects.none(), label="Band", empty_label=None, widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(
        label="Reason, where it differs from the school’s band",
        choices=[("", "No change of the school’s band"), *ChangeReason.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Explain it to the school", max_length=4000, widget=long_text(5))
    effective_from = DateField(label="In force from", said="the date it comes into force")
    took_part = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who took part",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick who took part"},
    )
    minutes = forms.CharField(
        label="Minutes",
        max_length=20000,
        help_text="What the panel looked at, what was said and how it came to its decision. "
        "The school does not read this.",
        widget=long_text(8),
    )

    class Look:
        inline = ["band"]
        said = {
            "reason": "the explanation",
            "minutes": "the minutes",
            "took_part": "the members who took part",
            "reason_code": "the reason",
        }

    def __init__(self, *args: Any, item: PanelCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = item.case.decision
        self.school_band = decision.band
        self.first, self.last = days_of(item)
        self.offer("band", decision.framework.bands.all())
        able = User.objects.filter(pk__in=[person.pk for person in eligible(item)])
        self.offer("took_part", able.order_by("name"))
        self.fields["reason_code"].unmarked = True  # type: ignore[attr-defined]  # by the band
        field = self.fields["effective_from"]
        field.initial = item.before_from or self.first
        field.help_text = f"From {day(self.first)} to {day(self.last)}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        band, code = data.get("band"), data.get("reason_code", "")
        if band and band != self.school_band:
            problem = reason_against(self.school_band, band, code) if code else ""
            if problem or not code:
                self.add_error("reason_code", problem or "Choose a reason for the change")
        elif band:
            data["reason_code"] = ""
        return data

    def clean_effective_from(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["effective_from"]
        if not self.first <= chosen <= self.last:
            raise forms.ValidationError(
                f"The date must be from {day(self.first)} to {day(self.last)}"
            )
        return chosen

    def clean_took_part(self) -> list[User]:
        people = list(self.cleaned_data["took_part"])
        if len(people) < QUORUM:
            raise forms.ValidationError(f"Choose {QUORUM} members at least")
        return people
