"""Who rolls a year over (rules.md S7)."""

from django.urls import reverse
from django.utils import timezone

from banding.roll_over.rules import year_to_offer
from banding_portal.actions import Action, Actions
from banding_portal.roles import SEND_OFFICER
from schools.models import User


def actions_on_roll_over(user: User, new_year: int | None = None) -> Actions:
    """Officers, who keep the placements."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    url = reverse("banding:roll_over_apply", args=[new_year or year_to_offer(timezone.localdate())])
    return Actions(Action("apply", "Roll over", url, primary=True))
