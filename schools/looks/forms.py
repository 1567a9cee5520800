"""Finding looks, and saying what was behind an unusual day."""

from django import forms

from banding_portal.forms import DateField, PortalForm
from schools.choices import HowSeen


class LookFilterForm(PortalForm):
    pupil = forms.CharField(label="Pupil: name, reference or UPN", required=False)
    q = forms.CharField(label="Person or email", required=False)
    how = forms.ChoiceField(label="How", choices=[("", "Any"), *HowSeen.choices], required=False)
    start = DateField(label="From", said="the first day", required=False)
    end = DateField(label="To", said="the last day", required=False)

    class Look:
        said = {"how": "the way in which a pupil was seen"}


class UnusualFilterForm(PortalForm):
    state = forms.ChoiceField(
        label="Which",
        choices=[("", "All"), ("open", "To be answered"), ("answered", "Answered")],
        required=False,
    )

    class Look:
        said = {"state": "which days"}


class AnswerForm(PortalForm):
    answer = forms.CharField(
        label="What was behind it?",
        help_text="Whom you asked and what they said. Do not name a pupil.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say in a few words what you found out"},
    )

    class Look:
        said = {"answer": "what was behind it"}
