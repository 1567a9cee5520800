"""An exceptional request and its answer (rules.md B11)."""

from typing import Any

from django import forms

from banding.choices import RequestState
from banding_portal.forms import DateField, PortalForm
from banding_portal.pounds_field import PoundsField
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User

AGES = {"7": "More than a week", "28": "More than four weeks"}
"""Days that a request has waited."""


class RequestFilterForm(PortalForm):
    """Exceptional requests of all schools, by pupil, state and school."""

    q = forms.CharField(label="Pupil, UPN or reference", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *RequestState.choices], required=False
    )
    school = SchoolField(label="School", required=False, empty_label="All")
    age = forms.ChoiceField(
        label="Waiting", choices=[("", "Any time"), *AGES.items()], required=False
    )

    class Look:
        said = {"age": "a length of time"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", School.objects.visible_to(user))


class AnswerForm(PortalForm):
    outcome = forms.ChoiceField(
        label="Is an amount agreed?",
        choices=[("agreed", "Yes"), ("refused", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether an amount is agreed"},
    )
    amount = PoundsField(
        label="If so, how much a year?",
        help_text="Paid beside the value of the band, while the pupil is funded.",
        max_digits=10,
        decimal_places=2,
        required=False,
    )
    starts_on = DateField(label="From which day?", said="the first day", required=False)
    ends_on = DateField(
        label="Until which day, if one is agreed?", said="the last day", required=False
    )
    answer = forms.CharField(
        label="Answer",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter the answer for the school"},
    )

    class Look:
        width = {"amount": 10}
        prefix = {"amount": "£"}
        said = {"amount": "the amount"}
        inline = ["outcome"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "agreed":
            for name, said in (("amount", "amount"), ("starts_on", "first day")):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Enter the {said}")
        return cleaned


class EndForm(PortalForm):
    last_day = DateField(label="Last day", said="the last day")
    reason = forms.CharField(
        label="Why does it end?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why the amount ends"},
    )


class ExceptionalRequestForm(PortalForm):
    reason = forms.CharField(
        label="Which provision in the plan does no band secure?",
        help_text="Name the provision and what it requires, as the plan puts it.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        error_messages={"required": "Say which provision in the plan no band secures"},
    )
    amount = PoundsField(
        label="What does it cost a year on top of the band?",
        help_text="If you know it.",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
    )
    since = DateField(
        label="From which day is it needed?", said="the day from which it is needed", required=False
    )

    class Look:
        width = {"amount": 10}
        prefix = {"amount": "£"}
        said = {"amount": "the amount"}

    @property
    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "amount", "since")}
