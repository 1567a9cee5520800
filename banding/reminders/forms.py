"""Finding reminders, and one reminder of a schedule."""

from typing import Any

from django import forms

from banding.choices import RecipientKind
from banding.reminders.steps import FARTHEST, Step
from banding.reminders.wording import PLACEHOLDERS, problems_of_words
from banding_portal.forms import PortalForm
from banding_portal.telling import ToldToMany

BEFORE, ON, AFTER = "before", "on", "after"
SIDES = [(BEFORE, "Before the deadline"), (ON, "On the deadline"), (AFTER, "After the deadline")]
STANDARD = """Hello {name},

The return of {school} for {collection} {deadline}.

{left}

Open it here:

{link}
"""
"""What one may begin own words with."""


class ReminderFilterForm(PortalForm):
    q = forms.CharField(label="Person or school", required=False)


class ReminderStepForm(ToldToMany, PortalForm):
    """A day, who gets the reminder, and its own words where it has them."""

    goes_out = ("subject", "text")
    side = forms.ChoiceField(label="When", choices=SIDES, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label="How many days",
        help_text="Where that is a weekend or a bank holiday, it goes on the working day before.",
        min_value=1,
        max_value=FARTHEST,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label="Who gets it", choices=RecipientKind.choices, widget=forms.CheckboxSelectMultiple
    )
    subject = forms.CharField(
        label="Subject in your own words",
        help_text="Leave it empty for the standard subject.",
        max_length=150,
        required=False,
    )
    text = forms.CharField(
        label="Text in your own words",
        help_text="Leave it empty for the standard text. The authority’s digest keeps its own.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
    )

    class Look:
        said = {"side": "when it goes", "days": "the number of days", "kinds": "recipient"}
        legend = {"side": "s", "kinds": "s"}
        small = ["side", "kinds"]
        unmarked = ["days", "subject", "text"]
        width = {"days": 3}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("side") == ON:
            cleaned["days"] = 0
        elif "side" in cleaned and "days" in cleaned and cleaned["days"] is None:
            self.add_error("days", "Enter the number of days")
        typed = self.texts
        words = problems_of_words(typed["subject"], typed["text"])
        for field, problems in words.items():
            for problem in problems:
                self.add_error(field, problem)
        return cleaned

    @property
    def step(self) -> Step:
        """What the valid form asks for."""
        given = self.cleaned_data
        sign = -1 if given["side"] == BEFORE else 1
        return Step(
            offset=sign * given["days"],
            kinds=tuple(kind for kind in RecipientKind if kind in given["kinds"]),
            subject=given["subject"].strip(),
            text=given["text"].strip(),
        )

    @property
    def placeholders(self) -> list[tuple[str, str]]:
        return [(f"{{{name}}}", words) for name, words in PLACEHOLDERS.items()]


def initial_of(step: Step) -> dict[str, Any]:
    side = ON if not step.offset else BEFORE if step.offset < 0 else AFTER
    return {
        "side": side,
        "days": abs(step.offset) or None,
        "kinds": list(step.kinds),
        "subject": step.subject,
        "text": step.text,
    }
