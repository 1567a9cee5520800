"""What an auditor may do with a day of unusual looking."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import AUDITOR
from schools.models import UnusualDay, User

ONES_OWN = "Another auditor says what was behind what you looked at yourself."


@actions_for.register
def unusual_day_actions(found: UnusualDay, user: User) -> Actions:
    if not user.has_role(*AUDITOR):
        return Actions()
    url = reverse("schools:unusual_day", args=[found.pk])
    answered = ["It has been said already what was behind it."] if found.answered_by_id else []
    own = [ONES_OWN] if found.user_id == user.pk else []
    return Actions(Action("answer", "Say what was behind it", url, why_not=answered or own))
