"""What a person may do with a pupil's bands for the SEND operations panel (rules.md B4)."""

from banding_portal.actions import Action, Actions
from banding_portal.roles import SEND_OFFICER
from schools.models import User


def actions_on_panel(user: User) -> Actions:
    """The address of a decision is its framework's, so the page gives it."""
    return Actions(Action("band", "Band") if user.has_role(*SEND_OFFICER) else None)
