"""One's own account, and the link that starts it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from banding_portal.pages import FormPage, Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import EVERYONE
from schools.forms.people import PasswordForm
from schools.models import User
from schools.services.accounts import confirm_address, person_of_address
from schools.services.people import InvitationError, accept_invitation, invited_person


class AccountPage(Page[None]):
    """My roles, and the ways I sign in."""

    allowed_roles = EVERYONE
    template_name = "schools/account.html"

    def context(self) -> dict[str, Any]:
        return {"roles": self.user.current_memberships}


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationPage(FormPage[User]):
    """Where the link of an invitation leads: choose a password and be signed in.

    The link stands for the password alone: whoever has a second factor is asked for it.
    """

    allowed_roles = EVERYONE
    form_class = PasswordForm
    template_name = "schools/invitation.html"
    accepted: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to all, for the token is what lets a person in."""
        try:
            self.prepare()
            return View.dispatch(self, request, *args, **kwargs)
        except InvitationError as problem:
            return render(request, "schools/invitation_over.html", {"problem": problem}, status=410)

    def find(self) -> User:
        return invited_person(self.kwargs["token"])

    def act(self, form: PasswordForm) -> str:
        token, password = self.kwargs["token"], form.cleaned_data["password"]
        self.accepted = accept_invitation(token=token, password=password)
        return f"Welcome, {self.accepted}. Your account is ready."

    def done(self, said: str) -> HttpResponse:
        messages.success(self.request, said)
        record_authentication(self.request, self.accepted, method="password", reauthenticated=True)
        return perform_login(self.request, self.accepted, redirect_url=reverse("home"))

    def form_refused(self, form: PasswordForm, refusal: RefusalError) -> HttpResponse:
        """A link used up meanwhile takes no password at all."""
        if isinstance(refusal, InvitationError):
            raise refusal
        return super().form_refused(form, refusal)

    def context(self) -> dict[str, Any]:
        return {"person": self.found}


@method_decorator([login_not_required, never_cache], name="dispatch")
class AddressPage(Page[User]):
    """Where the link to a new email address leads: confirmed by a button, by whoever has it."""

    allowed_roles = EVERYONE
    template_name = "schools/address.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to all, for the token shows that the mail was read."""
        try:
            self.prepare()
            return View.dispatch(self, request, *args, **kwargs)
        except RefusalError as problem:
            return render(request, "schools/address_over.html", {"problem": problem}, status=410)

    def find(self) -> User:
        return person_of_address(self.kwargs["token"])

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        person = confirm_address(token=self.kwargs["token"])
        messages.success(self.request, f"From now on you sign in with {person.email}.")
        return redirect("home" if self.request.user.is_authenticated else "account_login")

    def context(self) -> dict[str, Any]:
        return {"person": self.found}
