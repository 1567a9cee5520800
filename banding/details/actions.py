"""What a person may do with details that a school says are wrong."""

from django.urls import reverse

from banding.choices import DetailState
from banding.models import DetailCorrection
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User


@actions_for.register
def detail_actions(asked: DetailCorrection, user: User) -> Actions:
    """The school takes back what waits; an officer corrects the pupil, or says why not."""
    dealt_with = []
    if asked.state != DetailState.WAITING:
        dealt_with = [f"This has been dealt with: {asked.get_state_display().lower()}."]
    page = reverse("banding:details_detail", args=[asked.pk])
    found: list[Action] = []
    if asked.school_id in user.school_ids_as(*SENCO):
        withdraw = reverse("banding:details_withdraw", args=[asked.pk])
        found += [Action("withdraw", "Take it back", withdraw, posts=True, why_not=dealt_with)]
    if user.has_role(*SEND_OFFICER):
        found += [
            Action("accept", "Correct the pupil’s details", page, True, why_not=dealt_with),
            Action("refuse", "Do not correct them", page, warns=True, why_not=dealt_with),
        ]
    return Actions(*found)
