"""Choosing a period, clearing exceptions, filtering lines."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms

from banding.models import Band
from banding_portal.forms import PortalForm
from banding_portal.words import counted, day
from funding.choices import CauseKind, ExceptionKind, LineChange, LineKind, RunState
from funding.forms.asking_first import AsksFirst
from funding.models import Period, Run, RunException
from funding.selectors.run_page import exceptions_to_read

SEVERAL = 2
NAMED = 100


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


class ReasonForAllForm(AsksFirst, ReasonForm):
    """One reason for every exception of a kind that is left; whose they are is told first, where
    there are several.
    """

    kind = forms.ChoiceField(choices=ExceptionKind.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        left = exceptions_to_read(self.run).filter(kind=cleaned.get("kind"), cleared_at=None)
        asked_about = hashlib.sha256("".join(sorted(str(each.pk) for each in left)).encode())
        self.ask(asked_about.hexdigest(), lambda: whose_they_are(list(left)))
        return cleaned


def whose_they_are(left: Sequence[RunException]) -> list[str]:
    """A sentence that names the pupils of several exceptions by their references."""
    if len(left) < SEVERAL:
        return []
    pupils = sorted({each.reference for each in left})
    named = ", ".join(pupils[:NAMED])
    more = f" and {len(pupils) - NAMED:,} more, who are on this list" if len(pupils) > NAMED else ""
    return [f"This clears {counted(len(left), 'exception')} with one reason: {named}{more}."]


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


class RecalculatedFilterForm(PortalForm):
    search = forms.CharField(label="Reference, school or URN", required=False, max_length=80)
    change = forms.ChoiceField(
        label="What happened to the line",
        choices=[("", "Anything"), *LineChange.choices],
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
