"""How much moderators can take on: all of them, and what is said of one (M4)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.roles import JUDGES, MODERATION_LEAD, MODERATION_OVERSIGHT
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


def seen_moderators(user: User) -> QuerySet[User]:
    found = moderators()
    return found if user.has_role(*MODERATION_LEAD) else found.filter(pk=user.pk)


class ModeratorCapacity(FormPage[User]):
    """The lead's page of any moderator, and each moderator's own."""

    allowed_roles = JUDGES
    form_class = CapacityForm
    template_name = "moderation/capacity_edit.html"

    def find(self) -> User:
        found: User = get_object_or_404(seen_moderators(self.user), pk=self.kwargs["pk"])
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"percent": percent_of(self.found)}

    def context(self) -> dict[str, Any]:
        return {
            "person": self.found,
            "absences": list(self.found.absences.filter(last__gte=timezone.localdate())),
            "own": self.found.pk == self.user.pk,
            "leads": self.user.has_role(*MODERATION_LEAD),
        }

    def act(self, form: CapacityForm) -> str:
        given = form.cleaned_data
        away = (given["first"], given["last"]) if given["first"] else None
        set_capacity(moderator=self.found, percent=given["percent"], away=away, by=self.user)
        return "Saved."

    def next_url(self) -> str:
        return reverse("moderation:capacity_edit", args=[self.found.pk])


class AbsenceEnd(ActionPage[Absence]):
    allowed_roles = JUDGES

    def find(self) -> Absence:
        rows = Absence.objects.filter(moderator__in=seen_moderators(self.user))
        return get_object_or_404(rows.select_related("moderator"), pk=self.kwargs["pk"])

    def act(self) -> str:
        end_absence(absence=self.found, by=self.user)
        return "Taken off the list: these days count as working days again."

    def next_url(self) -> str:
        return reverse("moderation:capacity_edit", args=[self.found.moderator_id])
