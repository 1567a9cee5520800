"""How much moderators can take on: all of them, and what the lead says of one (M4)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.roles import MODERATION_LEAD, MODERATION_OVERSIGHT
from moderation.capacity.forms import CapacityForm
from moderation.capacity.models import Absence
from moderation.capacity.selectors import available_moderators, percent_of
from moderation.capacity.services import end_absence, set_capacity
from moderation.selectors.moderators import moderators
from schools.models import User


class ModeratorList(Page[None]):
    """Each moderator with the share of a post, days away, and what they carry."""

    allowed_roles = MODERATION_OVERSIGHT
    template_name = "moderation/moderator_list.html"

    def context(self) -> dict[str, Any]:
        return {"rows": available_moderators(), "leads": self.user.has_role(*MODERATION_LEAD)}


class ModeratorCapacity(FormPage[User]):
    allowed_roles = MODERATION_LEAD
    form_class = CapacityForm
    template_name = "moderation/capacity_edit.html"

    def find(self) -> User:
        found: User = get_object_or_404(moderators(), pk=self.kwargs["pk"])
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"percent": percent_of(self.found)}

    def context(self) -> dict[str, Any]:
        return {"person": self.found, "absences": list(self.found.absences.all())}

    def act(self, form: CapacityForm) -> str:
        given = form.cleaned_data
        away = (given["first"], given["last"]) if given["first"] else None
        set_capacity(moderator=self.found, percent=given["percent"], away=away, by=self.user)
        return "Saved."

    def next_url(self) -> str:
        return reverse("moderation:capacity_edit", args=[self.found.pk])


class AbsenceEnd(ActionPage[Absence]):
    allowed_roles = MODERATION_LEAD

    def find(self) -> Absence:
        rows = Absence.objects.filter(moderator__in=moderators())
        return get_object_or_404(rows.select_related("moderator"), pk=self.kwargs["pk"])

    def act(self) -> str:
        end_absence(absence=self.found, by=self.user)
        return f"{self.found.moderator} is there on these days."

    def next_url(self) -> str:
        return reverse("moderation:capacity_edit", args=[self.found.moderator_id])
