"""Choosing a period, clearing exceptions, filtering lines."""

from typing import Any

from django import forms

from banding.models import Band
from banding_portal.forms import PortalForm
from banding_portal.words import day
from funding.choices import CauseKind, ExceptionKind, LineKind, RunState
from funding.models import Period


class PeriodChoice(forms.ModelChoiceField):
    def label_from_instance(self, period: Any) -> str:
        return f"{period.name} ({day(period.start)} to {day(period.end)})"


class PeriodForm(PortalForm):
    """The period to calculate, by its code."""

    period = PeriodChoice(
        Period.objects.select_related("calendar").order_by("-start"),
        label="Period",
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )


class RunFilterForm(PortalForm):
    """Runs by period and state."""

    period = forms.ModelChoiceField(
        Period.objects.filter(runs__isnull=False).distinct().order_by("-start"),
        label="Period",
        empty_label="Every period",
        required=False,
    )
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *RunState.choices], required=False
    )


class ReasonForm(PortalForm):
    """Why an exception can stay as it is."""

    reason = forms.CharField(
        label="Why can this stay as it is?",
        help_text="Kept with the run. Do not write names.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this can stay as it is"},
    )


class ReasonForAllForm(ReasonForm):
    """One reason for every exception of a kind that is left."""

    kind = forms.ChoiceField(choices=ExceptionKind.choices, widget=forms.HiddenInput)


class ExceptionFilterForm(PortalForm):
    search = forms.CharField(label="Reference, UPN or school", required=False, max_length=80)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Every kind"), *ExceptionKind.choices], required=False
    )
    state = forms.ChoiceField(
        label="State",
        choices=[("", "All"), ("left", "To clear"), ("cleared", "Cleared")],
        required=False,
    )


class LineFilterForm(PortalForm):
    """Filters of the lines of a run; finance searches by reference, UPN, URN or school."""

    search = forms.CharField(label="Reference, UPN, school or URN", required=False, max_length=80)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Every kind"), *LineKind.choices], required=False
    )
    band = forms.ModelChoiceField(
        Band.objects.none(), label="Band", empty_label="Every band", required=False
    )
    cause = forms.ChoiceField(
        label="Cause of the adjustment",
        choices=[("", "Every cause"), *CauseKind.choices],
        required=False,
    )

    class Look:
        width = {"search": 20}

    def __init__(self, *args: Any, bands: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("band", bands)


class SchoolSearchForm(PortalForm):
    search = forms.CharField(label="School or URN", required=False, max_length=80)

    class Look:
        width = {"search": 20}


class PayeeSearchForm(PortalForm):
    search = forms.CharField(label="School, URN or payee reference", required=False, max_length=80)

    class Look:
        width = {"search": 20}
