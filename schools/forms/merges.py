"""Two records of perhaps one child: which stands, fact by fact (rules.md S8)."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.words import day
from schools.choices import Fact, MatchStrength
from schools.models import Pupil
from schools.services.merges import fact_of

ANY = ("", "All")


class DuplicateFilterForm(PortalForm):
    q = forms.CharField(label="Name or reference", required=False)
    strength = forms.ChoiceField(
        label="How sure", choices=[ANY, *MatchStrength.choices], required=False
    )

    class Look:
        said = {"strength": "an answer"}


class PairForm(PortalForm):
    """`stands` is the pupil whose record goes on; each fact in which the two differ has a field
    of its name whose value is the pupil it is right of.
    """

    stands = forms.ChoiceField(
        label="Which record stands?",
        error_messages={"required": "Choose which record stands"},
        help_text="The other one’s placements, plans, decisions and lists pass to it.",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="How do you know?",
        help_text="Kept with your answer, so that anyone can see later how you knew.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say how you know"},
    )

    class Look:
        legend = {"stands": "m"}

    def __init__(self, *args: Any, pupils: tuple[Pupil, Pupil], **kwargs: Any) -> None:
        self.pupils = pupils
        super().__init__(*args, **kwargs)

    def name_fields(self) -> None:
        words = [(str(each.pk), f"{each}, {each.reference}") for each in self.pupils]
        self.offer_choices("stands", words)
        reason = self.fields.pop("reason")
        for kind in differing(*self.pupils):
            self.fields[kind] = forms.ChoiceField(
                label=f"Which is right: {kind.label[0].lower() + kind.label[1:]}?"
                if kind != Fact.UPN
                else "Which UPN is right?",
                choices=[(str(each.pk), shown(each, kind)) for each in self.pupils],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose which is right"},
            )
        self.fields["reason"] = reason

    @property
    def kept(self) -> Pupil:
        return next(p for p in self.pupils if str(p.pk) == self.cleaned_data["stands"])

    @property
    def dropped(self) -> Pupil:
        return next(p for p in self.pupils if p != self.kept)

    @property
    def take(self) -> list[str]:
        """The facts that are right in the record that does not stand."""
        return [
            kind
            for kind in differing(*self.pupils)
            if self.cleaned_data[kind] == str(self.dropped.pk)
        ]


def differing(one: Pupil, other: Pupil) -> list[Fact]:
    """The facts a person has to choose between: both known, and not the same."""
    facts = [(kind, fact_of(one, kind), fact_of(other, kind)) for kind in Fact]
    return [kind for kind, mine, theirs in facts if mine and theirs and mine != theirs]


def only_in(dropped: Pupil, kept: Pupil) -> list[str]:
    """Facts the standing record lacks, which it gets without being asked."""
    return [kind for kind in Fact if fact_of(dropped, kind) and not fact_of(kept, kind)]


def shown(pupil: Pupil, kind: Fact) -> str:
    """A fact as a page shows it; a dash where it is not known."""
    if kind == Fact.BIRTH_DATE:
        return day(pupil.date_of_birth)
    if kind == Fact.NEED:
        return str(pupil.get_primary_need_display()) or "–"
    return fact_of(pupil, kind) or "–"
