"""Changing a pupil's details: they are others now, or they were wrong before (rules.md S11)."""

from typing import Any

from django import forms

from banding_portal.forms import DateField
from schools.choices import FactChange
from schools.facts import changed_facts, facts_of
from schools.forms.new_pupils import AsksWhoItIs
from schools.selectors.matches import PupilMatch, matches_of_changed

HINTS = {
    FactChange.CHANGED: "What was there before stays true up to the day before.",
    FactChange.MISTAKE: "What was there before was never true. The next run adjusts what was paid.",
}


class PupilEditForm(AsksWhoItIs):
    """Also asks whether the pupil is another one now, where name, birth date or number change."""

    why = forms.ChoiceField(
        label="Why are the details different now?",
        help_text="Not needed if you only fill in what was missing, or the year group.",
        choices=FactChange,
        widget=forms.RadioSelect,
        required=False,
    )
    since = DateField(
        label="If they have changed: from which day?",
        said="the day they changed",
        help_text="Like 1 9 2026",
        example="1 9 2026",
        required=False,
    )

    class Look(AsksWhoItIs.Look):
        choice_hints = {"why": HINTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = facts_of(self.instance)

    def find_matches(self, identity: dict[str, Any]) -> list[PupilMatch]:
        # As far as this the instance has what is recorded.
        return matches_of_changed(self.instance, identity)

    def _post_clean(self) -> None:
        """Asks why, once the instance has what was given."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and changed_facts(self.before, facts_of(self.instance)):
            self.ask_why()

    def ask_why(self) -> None:
        why, since = (self.cleaned_data.get(name) for name in ("why", "since"))
        if not why:
            self.add_error("why", "Say whether the details have changed or were wrong before")
        elif why == FactChange.CHANGED and not since:
            self.add_error("since", "Enter the day from which the new details are true")
