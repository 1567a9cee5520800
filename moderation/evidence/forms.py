"""What those on a case ask for, and what the school answers."""

from typing import Any

from django import forms

from banding_portal.documents.forms import DocumentField
from banding_portal.forms import PortalForm
from moderation.choices import EvidenceState
from moderation.evidence.rules import MOST_DAYS, MOST_WANTED, USUAL_DAYS, wanted_in

DOCUMENTS, NONE = "documents", "none"


class AskForm(PortalForm):
    message = forms.CharField(
        label="Message to the school",
        max_length=2000,
        help_text="Say what you want to find out. The school reads this with the pupil’s name.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wanted = forms.CharField(
        label="What you ask for",
        max_length=2000,
        help_text=f"One thing on each line, {MOST_WANTED} at most. "
        "For example: the speech therapist’s report of this year",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    working_days = forms.IntegerField(
        label="Working days to answer",
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text="Weekends and bank holidays do not count.",
    )

    class Look:
        width = {"working_days": 4}
        said = {
            "message": "the message",
            "wanted": "what you ask for",
            "working_days": "the working days",
        }

    def clean_wanted(self) -> list[str]:
        wanted = wanted_in(self.cleaned_data["wanted"])
        if not wanted:
            raise forms.ValidationError("Say what you ask for, one thing on each line")
        if len(wanted) > MOST_WANTED:
            said = f"Ask for {MOST_WANTED} things at most. You have entered {len(wanted)}"
            raise forms.ValidationError(said)
        if long := next((line for line in wanted if len(line) > 200), None):
            said = f"The line “{long[:30]}…” is too long: 200 characters at most"
            raise forms.ValidationError(said)
        return wanted


class EvidenceForm(PortalForm):
    file = DocumentField(label="Document")
    about = forms.CharField(
        label="What it is",
        max_length=200,
        help_text="For example: speech therapist’s report, March 2026",
    )

    class Look:
        said = {"about": "what it is"}


class AnswerForm(PortalForm):
    none_there = forms.ChoiceField(
        label="Your answer",
        choices=[
            (DOCUMENTS, "The documents you have added"),
            (NONE, "We have none of this"),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note",
        max_length=4000,
        required=False,
        help_text="Anything that helps to read them. If you have none of this, say why.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Look:
        said = {"none_there": "your answer", "note": "the note"}

    def __init__(self, *args: Any, has_documents: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["none_there"].initial = DOCUMENTS if has_documents else NONE

    @property
    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"none_there": given["none_there"] == NONE, "note": given["note"]}


class WithdrawRequestForm(PortalForm):
    because = forms.CharField(
        label="Why it is no longer needed",
        max_length=1000,
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Look:
        said = {"because": "why it is no longer needed"}


OVERDUE = "overdue"


class EvidenceFilterForm(PortalForm):
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any"), (OVERDUE, "Overdue"), *EvidenceState.choices],
    )
