"""One's own account, and the link that starts it."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import EVERYONE
from schools.forms.people import PasswordForm
from schools.services.people import InvitationError, accept_invitation, invited_person


class AccountPage(PortalView):
    """My roles, and the ways I sign in."""

    allowed_roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "schools/account.html", {"roles": request.user.current_memberships})


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationPage(View):
    """Where the link of an invitation leads: choose a password and be signed in.

    Open to all, for the token is what lets a person in.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            person = invited_person(token)
        except InvitationError as problem:
            return self.refuse(request, problem)
        context = {"form": PasswordForm(), "person": person}
        return render(request, "schools/invitation.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = PasswordForm(request.POST)
        try:
            person = invited_person(token)
            if not form.is_valid():
                return render(request, "schools/invitation.html", {"form": form, "person": person})
            person = accept_invitation(token, password=form.cleaned_data["password"])
        except InvitationError as problem:
            return self.refuse(request, problem)
        except RefusalError as problem:
            form.add_error("password", str(problem))
            return render(request, "schools/invitation.html", {"form": form, "person": person})
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, person, method="password", reauthenticated=True)
        messages.success(request, f"Welcome, {person}. Your account is ready.")
        return redirect("home")

    def refuse(self, request: HttpRequest, problem: InvitationError) -> HttpResponse:
        return render(request, "schools/invitation_over.html", {"problem": problem}, status=410)
