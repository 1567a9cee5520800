"""What home only counts of returns, pupils told of and requests."""

from django.utils import timezone

from banding.joiners.selectors import waiting_joiners
from banding.leavers.selectors import waiting_leavers
from banding.models import (
    ChangeRequest,
    Collection,
    DetailCorrection,
    ExceptionalRequest,
    Framework,
)
from banding.panel.selectors import NEW_FOR, new_plans
from banding.transfers.selectors import to_confirm
from banding_portal.counting import Counted
from banding_portal.roles import ADMINISTRATOR, SENCO, SEND_OFFICER
from schools.models import Pupil, User


def counts_of(user: User) -> Counted:
    found: Counted = {}
    if user.has_role(*SENCO):
        found["arriving"] = to_confirm(user)
    if user.has_role(*SEND_OFFICER):
        found |= waiting_for_officers(user)
    if user.has_role(*ADMINISTRATOR):
        found["frameworks"] = Framework.objects.published()
        found["pupils"] = Pupil.objects.all()
        found["collections"] = Collection.objects.all()
    return found


def waiting_for_officers(user: User) -> Counted:
    day = timezone.localdate()
    return {
        "joiners": waiting_joiners(user),
        "leavers": waiting_leavers(user),
        "details": DetailCorrection.objects.visible_to(user).waiting(),
        # EHCPs that lack a band under a framework in force (B4).
        "new_plans": new_plans(user, day, since=day - NEW_FOR),
        "exceptional": ExceptionalRequest.objects.visible_to(user).waiting(),
        "changes": ChangeRequest.objects.visible_to(user).waiting(),
    }
