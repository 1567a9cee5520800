"""People: the administrator's list, invitations, roles."""

from smtplib import SMTPException
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding_portal.access import ConfirmsWho, PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.forms.people import InviteForm, PersonFilterForm, RoleForm
from schools.models import Membership, User
from schools.selectors.people import people_matching, roles_of, state_of_person
from schools.services import people as service

PAGE = 50


class PersonList(PortalView):
    """People with their roles, searched and filtered. Auditors read."""

    allowed_roles = (Role.ADMINISTRATOR, Role.AUDITOR)

    def get(self, request: HttpRequest) -> HttpResponse:
        filter_form = PersonFilterForm(request.GET)
        people = people_matching(filter_form.filters())
        page = Paginator(people, PAGE).get_page(request.GET.get("page"))
        for user in page:
            user.state, user.state_words = state_of_person(user)
        may_change = request.user.has_role(Role.ADMINISTRATOR)
        context = {"filter_form": filter_form, "page_obj": page, "may_change": may_change}
        return render(request, "schools/person_list.html", context)


class PersonPage(PortalView, ConfirmsWho, abstract=True):
    """A page that changes people."""

    allowed_roles = (Role.ADMINISTRATOR,)

    def invite(self, request: HttpRequest, user: User) -> None:
        """Send the link and say how that went."""
        try:
            service.send_invitation(user)
        except (OSError, SMTPException):
            messages.warning(
                request, f"{user} is added, but the e-mail could not be sent. Send it again later."
            )
        else:
            messages.success(request, f"A link was sent to {user.email}.")


class PersonInvite(PersonPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "schools/person_invite.html", {"form": InviteForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InviteForm(request.POST)
        if form.is_valid():
            try:
                user = service.invite_person(**form.cleaned_data)
            except RefusalError as problem:
                form.add_error("email", str(problem))
            else:
                self.invite(request, user)
                return redirect("schools:person_detail", pk=user.pk)
        return render(request, "schools/person_invite.html", {"form": form})


class PersonDetail(PersonPage):
    """One person. POST `action`: give (a role), invite, deactivate or reactivate."""

    allowed_roles = (Role.ADMINISTRATOR, Role.AUDITOR)
    write_roles = (Role.ADMINISTRATOR,)

    def asks(self, request: HttpRequest) -> bool:
        """Auditors only read; nothing is typed before it is known who it is."""
        return request.user.has_role(Role.ADMINISTRATOR)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(request, get_object_or_404(User, pk=pk), RoleForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        action = request.POST.get("action")
        if action == "give":
            return self.give(request, person)
        try:
            if action == "invite" and person.is_active:
                self.invite(request, person)
            elif action == "deactivate":
                service.deactivate_person(person, by=request.user)
                messages.success(request, f"{person} can no longer sign in.")
            elif action == "reactivate":
                service.reactivate_person(person)
                messages.success(request, f"{person} can sign in again.")
        except RefusalError as problem:
            messages.warning(request, str(problem))
        return redirect(request.path)

    def give(self, request: HttpRequest, person: User) -> HttpResponse:
        form = RoleForm(request.POST)
        if form.is_valid():
            try:
                membership = service.give_role(user=person, **form.cleaned_data)
            except RefusalError as problem:
                form.add_error("role", str(problem))
            else:
                messages.success(request, f"{person} is now {membership}.")
                return redirect(request.path)
        return self.show(request, person, form)

    def show(self, request: HttpRequest, person: User, form: RoleForm) -> HttpResponse:
        state, words = state_of_person(person)
        context = {
            "person": person,
            "state": state,
            "state_words": words,
            "roles": roles_of(person),
            "form": form,
            "may_change": request.user.has_role(Role.ADMINISTRATOR),
        }
        return render(request, "schools/person_detail.html", context)


class RoleEnd(PersonPage):
    """End one role: asked once, then done."""

    def find(self, pk: UUID) -> Membership:
        return get_object_or_404(Membership.objects.select_related("user", "school"), pk=pk)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "schools/role_end.html", {"membership": self.find(pk)})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        membership = self.find(pk)
        try:
            service.end_role(membership, by=request.user)
        except RefusalError as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, f"{membership.user} is no longer {membership}.")
        return redirect("schools:person_detail", pk=membership.user_id)
