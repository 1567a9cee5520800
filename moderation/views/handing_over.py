"""Somebody's open cases, handed to somebody else by an administrator."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import ConfirmsWho
from banding_portal.pages import FormPage
from banding_portal.roles import ADMINISTRATOR
from moderation.actions.work import work_actions
from moderation.forms import HandOverForm
from moderation.models import Case
from moderation.services.handing_over import hand_over_cases
from schools.models import User


class StaffHandOver(ConfirmsWho, FormPage[User]):
    """The cases a person has still to judge; the page counts them and shows none."""

    allowed_roles = ADMINISTRATOR
    form_class = HandOverForm
    template_name = "moderation/hand_over.html"

    def find(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def why_closed(self) -> Sequence[str]:
        return work_actions(self.found, self.user).why_not("hand_over")

    def form_options(self) -> dict[str, Any]:
        return {"person": self.found}

    def act(self, form: HandOverForm) -> str:
        to = form.cleaned_data["to"]
        done = hand_over_cases(person=self.found, to=to, by=self.user)
        kept = f" {done.kept} stay, because {to} may not judge them." if done.kept else ""
        return f"Cases handed to {to}: {done.given}.{kept}"

    def next_url(self) -> str:
        return reverse("schools:person_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"person": self.found, "count": Case.objects.to_judge(self.found).count()}
