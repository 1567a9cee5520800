"""What a person may do with a merge of two records (rules.md S8)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SEND_OFFICER
from schools.models import PupilMerge, User


@actions_for.register
def merge_actions(merge: PupilMerge, user: User) -> Actions:
    """Officers take it back once; what rests on it the service says."""
    if not user.has_role(*SEND_OFFICER):
        return Actions()
    done = ["It has been taken back already."] if merge.undone_at else []
    url = reverse("schools:merge_undo", args=[merge.pk])
    return Actions(Action("undo", "Take back", url, why_not=done))
