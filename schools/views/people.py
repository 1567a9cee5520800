"""People: the administrator's list, invitations, roles."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string

from banding_portal.access import ConfirmsWho
from banding_portal.due import DueItem
from banding_portal.mails.log import coming_back
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.base import About, Found
from banding_portal.pages.sorting import by
from banding_portal.roles import ADMINISTRATOR, AUDITOR, HEADTEACHER
from schools.actions.people import actions_on_people, role_request_actions
from schools.forms.people import InviteForm, PersonFilterForm, PersonForm, RefuseRoleForm, RoleForm
from schools.models import Membership, RoleRequest, User
from schools.selectors.people import people_matching, roles_of
from schools.services import accounts
from schools.services import people as service
from schools.services import role_requests as requests
from schools.services.role_requests import other_administrators, tell_others
from schools.services.staff import tell_administrators


class PersonList(ListPage[None]):
    """People with their roles, searched and filtered. Auditors read."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    template_name = "schools/person_list.html"
    filter_class = PersonFilterForm
    usual = "name"
    orders: ClassVar = {
        "name": by("name", "email"),
        "email": by("email"),
        "state": by("is_active", "last_login", "name"),
        "last_signed_in": by("last_login", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[User]:
        return people_matching(wanted)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_people(self.user)}


class PersonPage(About[Found], ConfirmsWho, abstract=True):
    """A page that changes people; it leads to the page of the person."""

    allowed_roles = ADMINISTRATOR

    def person(self) -> User:
        raise NotImplementedError

    def next_url(self) -> str:
        return reverse("schools:person_detail", args=[self.person().pk])

    def mail(self, send: Callable[[], None], said: str, unsent: str) -> str:
        """Send a mail; returns what to say, where a warning has not said it."""
        try:
            send()
        except OSError:
            messages.warning(self.request, unsent)
            return ""
        return said

    def tell_of(self, asked: RoleRequest) -> str:
        """Every other administrator is told that a role waits for one of them."""
        said = f"Another administrator has to agree before {asked.user} is {asked}."
        return self.mail(
            partial(tell_others, request=asked, by=self.user),
            f"{said} They were told by email.",
            f"{said} They could not be told by email. Tell them yourself.",
        )

    def invite(self, person: User) -> str:
        return self.mail(
            partial(service.send_invitation, person=person, by=self.user),
            f"A link was sent to {person.email}.",
            f"{person} has been added, but the email could not be sent. Send it again later.",
        )


class PersonInvite(PersonPage[None], FormPage[None]):
    form_class = InviteForm
    template_name = "schools/person_invite.html"
    invited: User

    def person(self) -> User:
        return self.invited

    def act(self, form: InviteForm) -> str:
        self.invited, given = service.invite_person(by=self.user, **form.cleaned_data)
        said = self.invite(self.invited)
        return f"{said} {self.tell_of(given)}".strip() if isinstance(given, RoleRequest) else said


class PersonDetail(PersonPage[User], FormPage[User]):
    """One person. POST `action`: give (a role, by the form), or what a button asks for."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    form_class = RoleForm
    template_name = "schools/person_detail.html"

    def asks(self, request: HttpRequest) -> bool:
        """Auditors only read; nothing is typed before it is known who it is."""
        return self.user.has_role(*ADMINISTRATOR)

    def find(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.found

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        action = self.request.POST.get("action", "")
        if action == "give":
            return super().post(*args, **kwargs)
        return self.attempt(partial(self.press, action))

    def act(self, form: RoleForm) -> str:
        given = service.give_role(person=self.found, by=self.user, **form.cleaned_data)
        if isinstance(given, RoleRequest):
            return self.tell_of(given)
        return f"{self.found} is now {given}."

    def press(self, action: str) -> str:
        person = self.found
        match action:
            case "invite":
                return self.invite(person)
            case "reset":
                return self.reset(person)
            case "reactivate":
                service.reactivate_person(person=person, by=self.user)
                return f"{person} can sign in again."
        return ""

    def reset(self, person: User) -> str:
        reset = accounts.reset_second_factor(person=person, by=self.user)
        return self.mail(
            partial(accounts.mail_about_reset, person=reset, by=self.user),
            f"{person} signs in with the password alone, once, and sets up a new second factor. "
            "They were told by email.",
            f"The second factor of {person} has been reset, but they could not be told by email. "
            "Tell them yourself.",
        )

    def context(self) -> dict[str, Any]:
        found = self.found
        waiting = found.role_requests.waiting().select_related("asked_by")
        shown = {"person": found, "roles": roles_of(found), "work": open_work(found)}
        refused = coming_back([found.email]).get(found.email)
        return shown | {"waiting": waiting, "refused": refused}


def open_work(person: User) -> list[DueItem]:
    """What waits for this person and for nobody else, as each app says."""
    sources = [import_string(path) for path in settings.WORK_SOURCES]
    return [item for work_of in sources for item in work_of(person)]


class PersonDeactivate(PersonPage[User], Page[User], ActionPage[User]):
    """Asks once, with the roles and the open work of the person, then lets them in no more."""

    template_name = "schools/person_deactivate.html"

    def find(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.found

    def act(self) -> str:
        service.deactivate_person(person=self.found, by=self.user)
        return f"{self.found} can no longer sign in."

    def context(self) -> dict[str, Any]:
        roles = [role for role in roles_of(self.found) if role.ended_on is None]
        return {
            "person": self.found,
            "roles": roles,
            "work": open_work(self.found),
            "back": self.next_url(),
        }


class PersonEdit(PersonPage[User], FormPage[User]):
    """Name and address. A new address waits until it is confirmed from there."""

    form_class = PersonForm
    template_name = "schools/person_edit.html"

    def find(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.found

    def get_initial(self) -> dict[str, str]:
        return {"name": self.found.name, "email": self.found.new_email or self.found.email}

    def act(self, form: PersonForm) -> str:
        old = self.found.email
        changed = accounts.change_person(person=self.found, by=self.user, **form.cleaned_data)
        if not changed.new_email and changed.email == old:
            return f"{changed} is saved."
        return self.mail(
            partial(accounts.mail_about_address, person=changed, old=old, by=self.user),
            f"{changed} is saved. A link was sent to {changed.new_email or changed.email}.",
            f"{changed} is saved, but the email could not be sent. Save the address again later.",
        )

    def context(self) -> dict[str, Any]:
        return {"person": self.found}


class RoleRequestPage(PersonPage[RoleRequest], FormPage[RoleRequest]):
    """A role that waits for another administrator. POST `action`: agree, withdraw, or refuse."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    form_class = RefuseRoleForm
    template_name = "schools/role_request.html"

    def asks(self, request: HttpRequest) -> bool:
        return self.user.has_role(*ADMINISTRATOR)

    def find(self) -> RoleRequest:
        rows = RoleRequest.objects.visible_to(self.user)
        rows = rows.select_related("user", "asked_by", "answered_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.found.user

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        action = self.request.POST.get("action", "")
        if action == "refuse":
            return super().post(*args, **kwargs)
        return self.attempt(partial(self.press, action))

    def act(self, form: RefuseRoleForm) -> str:
        asked = self.found
        requests.refuse_role(request=asked, by=self.user, **form.cleaned_data)
        return self.tell_answer(f"{asked.user} does not become {asked}.")

    def press(self, action: str) -> str:
        asked = self.found
        if action == "agree":
            given = requests.agree_to_role(request=asked, by=self.user)
            return self.tell_answer(f"{asked.user} is now {given}.")
        if action == "withdraw":
            requests.withdraw_role(request=asked, by=self.user)
            return self.tell_answer(f"You no longer ask that {asked.user} becomes {asked}.")
        return ""

    def tell_answer(self, said: str) -> str:
        self.found.refresh_from_db()
        return self.mail(
            partial(tell_others, request=self.found, by=self.user),
            said,
            f"{said} The other administrators could not be told by email. Tell them yourself.",
        )

    def context(self) -> dict[str, Any]:
        asked = self.found
        return {
            "asked": asked,
            "can": role_request_actions(asked, self.user),
            "alone": not other_administrators(asked.asked_by, asked.user),
            "back": self.next_url(),
        }


class RoleEnd(PersonPage[Membership], Page[Membership], ActionPage[Membership]):
    """End one role: asked once, then done."""

    allowed_roles = ADMINISTRATOR | HEADTEACHER
    template_name = "schools/role_end.html"

    def find(self) -> Membership:
        visible = Membership.objects.visible_to(self.user)
        roles = visible.select_related("user", "school", "quadrant")
        return get_object_or_404(roles, pk=self.kwargs["pk"])

    def person(self) -> User:
        return self.found.user

    def act(self) -> str:
        ended = service.end_role(membership=self.found, by=self.user)
        said = f"{self.found.user} is no longer {self.found}."
        if self.is_administrator:
            return said
        tell = partial(tell_administrators, membership=ended, by=self.user)
        return self.mail(tell, said, f"{said} The administrators could not be told by email.")

    @property
    def is_administrator(self) -> bool:
        return self.user.has_role(*ADMINISTRATOR)

    def next_url(self) -> str:
        if self.is_administrator:
            return super().next_url()
        return reverse("schools:staff_list", args=[self.found.school_id])

    def context(self) -> dict[str, Any]:
        return {"membership": self.found, "back": self.next_url()}
