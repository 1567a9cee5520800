"""What a person may do with a joiner now (rules.md B6, B7)."""

from django.urls import reverse

from banding.choices import JoinerState
from banding.models import Joiner
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User


@actions_for.register
def joiner_actions(joiner: Joiner, user: User) -> Actions:
    """The school takes back what waits, while its return is open; an officer places or refuses."""
    dealt_with = []
    if joiner.state != JoinerState.WAITING:
        dealt_with = [f"This joiner has been dealt with: {joiner.get_state_display()}."]
    page = reverse("banding:joiner_detail", args=[joiner.pk])
    found: list[Action] = []
    if joiner.school_id in user.school_ids_as(*SENCO):
        closed = joiner.pupil_return.why_closed_to_joiners if joiner.pupil_return else ""
        withdraw = reverse("banding:joiner_withdraw", args=[joiner.pk])
        reasons = [closed] if closed else dealt_with
        found += [Action("withdraw", "Undo", withdraw, posts=True, why_not=reasons)]
    if user.has_role(*SEND_OFFICER):
        found += [
            Action("place", "Place", page, primary=True, why_not=dealt_with),
            Action("refuse", "Do not accept", page, warns=True, why_not=dealt_with),
            Action("band", "Band the pupil for the panel"),
        ]
    return Actions(*found)
