"""What a person may do with a leaver now (rules.md B12)."""

from django.urls import reverse

from banding.choices import LeaverState
from banding.models import Leaver
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User


@actions_for.register
def leaver_actions(leaver: Leaver, user: User) -> Actions:
    """The school takes back what waits; an officer takes the pupil off its roll, or refuses."""
    dealt_with = []
    if leaver.state != LeaverState.WAITING:
        dealt_with = [f"This leaver has been dealt with: {leaver.get_state_display().lower()}."]
    page = reverse("banding:leaver_detail", args=[leaver.pk])
    found: list[Action] = []
    if leaver.school_id in user.school_ids_as(*SENCO):
        withdraw = reverse("banding:leaver_withdraw", args=[leaver.pk])
        found += [Action("withdraw", "Undo", withdraw, posts=True, why_not=dealt_with)]
    if user.has_role(*SEND_OFFICER):
        found += [
            Action("accept", "Take the pupil off the roll", page, True, why_not=dealt_with),
            Action("refuse", "Do not accept", page, warns=True, why_not=dealt_with),
        ]
    return Actions(*found)
