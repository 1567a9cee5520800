"""What a person may do with something that was put right (rules.md S10)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SEND_OFFICER
from schools.choices import Corrected
from schools.models import Correction, User


@actions_for.register
def correction_actions(correction: Correction, user: User) -> Actions:
    """Officers take it back once. A band's belongs to another app, by its address."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    is_band = correction.record == Corrected.BAND
    name = "banding:band_correction_undo" if is_band else "schools:correction_undo"
    done = ["It has been taken back already."] if correction.undone_at else []
    url = reverse(name, args=[correction.pk])
    return Actions(Action("undo", "Undo", url, why_not=done))
