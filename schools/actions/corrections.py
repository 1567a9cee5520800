"""What a person may do with something that was put right (rules.md S10)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SEND_OFFICER
from schools.models import Correction, User


@actions_for.register
def correction_actions(correction: Correction, user: User) -> Actions:
    """Officers take it back once."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    done = ["It has been taken back already."] if correction.undone_at else []
    url = reverse("schools:correction_undo", args=[correction.pk])
    return Actions(Action("undo", "Undo", url, why_not=done))
