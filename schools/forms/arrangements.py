"""What pupils without a school have instead (rules.md S14)."""

from typing import Any

from django import forms

from banding_portal.forms import DateField, PortalForm
from schools.choices import Arrangement
from schools.models import School


class ArrangementForm(PortalForm):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Arrangement,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is"},
    )
    name = forms.CharField(
        label="Name",
        help_text="The name of the provider. For a parent’s account the portal keeps only the "
        "reference.",
        max_length=200,
        required=False,
    )
    payee_reference = forms.CharField(
        label="Payment reference",
        help_text="As in your finance system. No bank details. Nobody is paid for elective home "
        "education or between schools.",
        max_length=40,
        required=False,
    )

    class Look:
        width = {"payee_reference": 20}
        legend = {"kind": "m"}


class ArrangementChangeForm(ArrangementForm):
    """Of one that is there; what it is stays."""

    ends_on = DateField(
        label="Last day", help_text="Leave empty if it is still going on.", required=False
    )

    def __init__(self, *args: Any, arrangement: School, **kwargs: Any) -> None:
        self.arrangement = arrangement
        super().__init__(*args, **kwargs)

    def name_fields(self) -> None:
        del self.fields["kind"]
        if self.arrangement.arrangement == Arrangement.ACCOUNT:
            del self.fields["name"]
        if not self.arrangement.is_paid:
            del self.fields["payee_reference"]
