"""Contacts: kept by the school on one page, listed for whoever speaks to schools."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import WrongRole
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import COLLECTION_RUNNERS, CONTACT_KEEPERS, CONTACT_READERS
from schools.choices import ContactKind
from schools.contacts.actions import contact_actions
from schools.contacts.forms import ContactFilterForm, ContactsForm, initial_of
from schools.contacts.selectors import (
    contacts_of,
    former_contacts,
    last_confirmation,
    schools_with_contacts,
)
from schools.contacts.services import confirm_contacts
from schools.models import School
from schools.views.about_school import AboutSchool


class ContactEdit(AboutSchool, FormPage[School]):
    """The three contacts of a school; saving them says that all are right."""

    allowed_roles = CONTACT_KEEPERS
    template_name = "schools/contact_edit.html"
    form_class = ContactsForm

    def find(self) -> School:
        return get_object_or_404(School.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if not list(contact_actions(self.found, self.user)):
            raise WrongRole(CONTACT_KEEPERS)

    def why_closed(self) -> Any:
        return contact_actions(self.found, self.user).why_not("confirm")

    def form_options(self) -> dict[str, Any]:
        return {"school": self.found}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.found)

    def act(self, form: ContactsForm) -> str:
        seen = form.cleaned_data["seen"]
        confirm_contacts(school=self.found, given=form.given, seen=seen, by=self.user)
        return "Thank you. The contacts are saved and confirmed."

    def next_url(self) -> str:
        return reverse("schools:school_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {
            "school": self.found,
            "up": self.next_url(),
            "last": last_confirmation(self.found),
            "former": former_contacts(self.found),
            "by_authority": self.user.has_role(*COLLECTION_RUNNERS),
        }


class ContactList(ListPage[None]):
    """Every school one sees, with its contacts today and when they were confirmed."""

    allowed_roles = CONTACT_READERS
    template_name = "schools/contact_list.html"
    filter_class = ContactFilterForm
    usual = "school"
    orders: ClassVar = {
        "school": by("name", "urn"),
        "senco": by("senco_name", "name"),
        "headteacher": by("headteacher_name", "name"),
        "finance_contact": by("finance_name", "name"),
        "confirmed": by("confirmed_on", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[School]:
        return schools_with_contacts(self.user, wanted)

    def context(self) -> dict[str, Any]:
        found = contacts_of([school.pk for school in self.page_obj])
        return {
            "rows": [
                {"school": school, "kept": kept_in_order(found.get(school.pk, {}))}
                for school in self.page_obj
            ]
        }


def kept_in_order(kept: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(kind.label, kept.get(kind)) for kind in ContactKind]
