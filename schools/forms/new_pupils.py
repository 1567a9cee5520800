"""A pupil who is new, or told otherwise now, and the question whether it is another one that the
portal knows already (rules.md S8).
"""

from typing import Any

from django import forms

from banding_portal.words import day
from schools.choices import SameChild
from schools.forms.pupils import PupilForm
from schools.matching import IDENTITY, Identity
from schools.models import Pupil
from schools.selectors.matches import PupilMatch, matches_for


class AsksWhoItIs(PupilForm):
    """Asks whether it is one of the pupils it matches, once there are such.

    What it gives besides the pupil's fields is `apart_from`, the pupils it was said not to be,
    and `why_apart`.
    """

    known = forms.ChoiceField(
        label="Is this a pupil the portal knows already?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is a pupil the portal knows already"},
    )
    why_apart = forms.CharField(
        label="Why it is another child",
        help_text="So that anyone can see later why. For example: cousins of the same name.",
        max_length=500,
        required=False,
    )

    matches: list[PupilMatch]

    class Look(PupilForm.Look):
        legend = {"known": "m"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches = []
        self.question = {name: self.fields.pop(name) for name in ("known", "why_apart")}

    @property
    def pupil(self) -> Pupil | None:
        """The pupil it was said to be; None for another one."""
        chosen = self.cleaned_data.get("known")
        return next((each.pupil for each in self.matches if str(each.pupil.pk) == chosen), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if all(name in cleaned for name in IDENTITY):
            self.matches = self.find_matches({name: cleaned[name] for name in IDENTITY})
        # Of a number that is another pupil's there is no question: the service refuses it.
        if self.matches and not any(each.match.is_taken for each in self.matches):
            self.ask()
        return cleaned

    def find_matches(self, identity: dict[str, Any]) -> list[PupilMatch]:
        raise NotImplementedError

    def ask(self) -> None:
        self.fields |= self.question
        self.offer_choices("known", self.choices(), self.hints())
        for name in self.question:
            self.answer(name)
        self.cleaned_data["apart_from"] = [each.pupil.pk for each in self.matches]

    def answer(self, name: str) -> None:
        try:
            self.cleaned_data[name] = self.fields[name].clean(self.data.get(name))
        except forms.ValidationError as problem:
            self.add_error(name, problem)

    def choices(self) -> list[tuple[str, str]]:
        pupils = [each.pupil for each in self.matches]
        same = [(str(pupil.pk), f"Yes: {pupil}, {pupil.reference}") for pupil in pupils]
        return [*same, (SameChild.ANOTHER, "No, this is another child")]

    def hints(self) -> dict[str, str]:
        return {
            str(each.pupil.pk): f"{each.match}. Born {day(each.pupil.date_of_birth)}."
            for each in self.matches
        }


class NewPupilForm(AsksWhoItIs):
    def find_matches(self, identity: dict[str, Any]) -> list[PupilMatch]:
        [found] = matches_for([Identity(**identity)])
        return found
