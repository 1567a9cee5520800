"""Inviting everybody who waits, at once, and following it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail
from banding_portal.pages import FormPage
from banding_portal.roles import ADMINISTRATOR, AUDITOR
from banding_portal.words import counted
from schools.forms.people import InviteAllForm
from schools.models import InvitationRound
from schools.services.invitations import start_invitations


class InvitationRoundCreate(FormPage[None]):
    """Who of those that wait is to get an email now."""

    allowed_roles = ADMINISTRATOR
    form_class = InviteAllForm
    template_name = "schools/invite_all.html"
    started: InvitationRound

    def act(self, form: InviteAllForm) -> str:
        self.started = start_invitations(whom=form.cleaned_data["whom"], by=self.user)
        return ""

    def next_url(self) -> str:
        return reverse("schools:invitation_round", args=[self.started.pk])


class InvitationRoundDetail(JobDetail):
    """How far it is; then the list of people, with how many were sent."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    model = InvitationRound
    create_name = "schools:invite_all"
    detail_name = "schools:invitation_round"
    parent_name = "schools:person_list"
    meanwhile = "You can leave this page; the emails go on."
    kept = "Anybody who has had an email can still use it; the others can be invited again."

    def words(self, done: int, total: int) -> str:
        return "emails sent"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state != JobState.DONE or self.request.htmx:
            return super().get(*args, **kwargs)
        sent, refused = self.found.preview["sent"], self.found.preview["refused"]
        messages.success(self.request, f"{counted(sent, 'invitation')} sent.")
        if refused:
            told = f"{counted(refused, 'invitation')} could not be sent. Invite again later."
            messages.warning(self.request, told)
        return redirect("schools:person_list")
