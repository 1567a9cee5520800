"""The contacts of a school on one page, and finding among those of all schools."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.forms import DateField, PortalForm, set_look
from schools.choices import ContactKind
from schools.contacts.rules import Given, check
from schools.contacts.selectors import LONG_AGO, NEVER, facts_on, last_confirmation, who_could_be
from schools.models import School

SAID = {
    ContactKind.SENCO: "the SENCO",
    ContactKind.HEADTEACHER: "the headteacher",
    ContactKind.FINANCE: "the finance contact",
}
SINCE_HELP = "Leave this empty to correct details of the same person."


@dataclass(frozen=True)
class ContactPart:
    """What the form asks about one kind of contact."""

    label: str
    fields: list[forms.BoundField]


class ContactsForm(PortalForm):
    """Name, email address and telephone number of each; `seen` is what the person looked at."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        self.school = school
        self.kept = facts_on(school)
        super().__init__(*args, **kwargs)

    def name_fields(self) -> None:
        for kind, who in SAID.items():
            self.add_contact(kind, who)

    def add_contact(self, kind: str, who: str) -> None:
        self.fields[f"{kind}_name"] = forms.CharField(
            label=f"Name of {who}", max_length=120, required=False
        )
        self.fields[f"{kind}_email"] = forms.EmailField(
            label=f"Email address of {who}", max_length=254, required=False
        )
        self.fields[f"{kind}_telephone"] = forms.CharField(
            label=f"Telephone number of {who}", max_length=30, required=False
        )
        if kind in self.kept:
            self.fields[f"{kind}_since"] = DateField(
                label="If somebody else has taken over, from which day?",
                said=f"the day from which somebody else is {who}",
                help_text=SINCE_HELP,
                required=False,
            )
        for field in ("name", "email", "telephone", "since"):
            if found := self.fields.get(f"{kind}_{field}"):
                set_look(found, unmarked=True)

    @property
    def parts(self) -> Iterator[ContactPart]:
        for kind in SAID:
            names = [name for name in self.fields if name.startswith(f"{kind}_")]
            yield ContactPart(ContactKind(kind).label, [self[name] for name in names])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _, wrong = check(self.kept, self.given, timezone.localdate())
        for each in wrong:
            if each.field not in self.errors:
                self.add_error(each.field, each.problem)
        return data

    @property
    def given(self) -> dict[str, Given]:
        return {kind: self.given_of(kind) for kind in SAID}

    def given_of(self, kind: str) -> Given:
        data = self.cleaned_data
        text = {name: " ".join((data.get(f"{kind}_{name}") or "").split()) for name in TEXTS}
        return Given(**text, since=data.get(f"{kind}_since"))


TEXTS = ("name", "email", "telephone")


def initial_of(school: School) -> dict[str, Any]:
    """What is kept; of a kind of which nobody has spoken yet, who uses the portal in that role."""
    kept, last = facts_on(school), last_confirmation(school)
    initial: dict[str, Any] = {"seen": str(last.pk) if last else ""}
    for kind in SAID:
        fact = kept.get(kind)
        if fact:
            initial |= {f"{kind}_{name}": getattr(fact, name) for name in TEXTS}
        elif person := who_could_be(school, kind):
            initial |= {f"{kind}_name": person.name, f"{kind}_email": person.email}
    return initial


class ContactFilterForm(PortalForm):
    q = forms.CharField(label="School or contact", required=False)
    missing = forms.ChoiceField(
        label="Without", choices=[("", "Any"), *ContactKind.choices], required=False
    )
    confirmed = forms.ChoiceField(
        label="Confirmed",
        choices=[("", "All"), (NEVER, "Never"), (LONG_AGO, "More than half a year ago")],
        required=False,
    )

    class Look:
        said = {"missing": "which contact is missing", "confirmed": "when they were confirmed"}
