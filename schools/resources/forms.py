"""Describing a resource, withdrawing one, and finding among them."""

from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.documents.forms import DocumentField
from banding_portal.forms import DateField, PortalForm
from banding_portal.telling import ToldToMany
from schools.choices import ResourceState
from schools.forms.audiences import AudienceForm
from schools.models import Resource
from schools.resources.services import Described

OWN = (
    *("title", "text", "version", "dated_on", "address"),
    *("alternative", "alternative_address", "by_mail"),
)
TEXT_HELP = (
    "Everything that is in the document or on the page, for people who cannot read that. "
    "“# ” begins a heading, “* ” an item of a list, an empty line a new paragraph."
)
NO_ADDRESS = "Enter a whole web address, like https://www.example.gov.uk/guide"


class ResourceForm(ToldToMany, AudienceForm):
    goes_out = ("title",)
    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(
        label="What it is for",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it is for"},
    )
    version = forms.CharField(
        label="Version", help_text="A number or a word, like “2” or “Autumn 2026”", max_length=20
    )
    dated_on = DateField(label="Date of this version", said="the date of this version")
    address = forms.URLField(
        label="Web address",
        help_text="If it is a page of another website. If it is a document, leave this empty: you "
        "add the document on the next page.",
        max_length=500,
        assume_scheme="https",
        required=False,
        error_messages={"invalid": NO_ADDRESS},
    )
    alternative = forms.CharField(
        label="The same as text",
        help_text=TEXT_HELP,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
    )
    alternative_address = forms.URLField(
        label="Or a web address with the same in an accessible form",
        help_text="Without a text or an address it cannot be published.",
        max_length=500,
        assume_scheme="https",
        required=False,
        error_messages={"invalid": NO_ADDRESS},
    )
    by_mail = forms.BooleanField(
        label="Tell them when it is published",
        help_text="On their home page and, if they wish, by email.",
        required=False,
    )
    field_order = (
        *("title", "text", "version", "dated_on", "address"),
        *("alternative", "alternative_address", "roles", "sectors", "quadrants", "by_mail"),
    )

    class Look(AudienceForm.Look):
        unmarked = (
            *AudienceForm.Look.unmarked,
            *("address", "alternative", "alternative_address", "by_mail"),
        )
        said = {
            **AudienceForm.Look.said,
            "text": "what it is for",
            "alternative": "the same as text",
        }
        width = {"version": "10"}

    @property
    def described(self) -> Described:
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in OWN}
        return Described(**given | self.audience)


class DocumentForm(ToldToMany, PortalForm):
    file = DocumentField(label="Document")


def initial_of(resource: Resource) -> dict[str, Any]:
    """A draft as its form shows it."""
    names = (*OWN, "roles", "sectors", "quadrants")
    return {name: getattr(resource, name) for name in names}


def initial_of_next(resource: Resource) -> dict[str, Any]:
    """The next version begins as the one before, of today; its document goes along."""
    return initial_of(resource) | {"version": "", "dated_on": timezone.localdate()}


class WithdrawForm(ToldToMany, PortalForm):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Whoever opens it reads this.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


class ResourceFilterForm(PortalForm):
    q = forms.CharField(label="Words", required=False)


class KeeperFilterForm(ResourceFilterForm):
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *ResourceState.choices], required=False
    )
