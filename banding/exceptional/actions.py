"""What a person may do with an exceptional request now (rules.md B11)."""

from django.urls import reverse

from banding.choices import RequestState
from banding.exceptional.selectors import waiting_for
from banding.models import ExceptionalRequest, ReturnPupil
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User

OWN = "You asked for this yourself: somebody else has to answer it."


@actions_for.register
def request_actions(asked: ExceptionalRequest, user: User) -> Actions:
    """The school withdraws what nobody has answered yet; an officer answers it."""
    over = []
    if asked.state != RequestState.WAITING:
        over = [f"This request is “{asked.get_state_display().lower()}”."]
    found: list[Action] = []
    if asked.is_own(user, SENCO):
        url = reverse("banding:exceptional_withdraw", args=[asked.pk])
        found += [Action("withdraw", "Withdraw the request", url, posts=True, why_not=over)]
    if user.has_role(*SEND_OFFICER):
        url = reverse("banding:exceptional_detail", args=[asked.pk])
        own = [OWN] if asked.asked_by_id == user.pk else []
        found += [Action("answer", "Answer", url, primary=True, why_not=over or own)]
        end = reverse("banding:exceptional_end", args=[asked.pk])
        none = [] if asked.state == RequestState.AGREED else ["No amount is agreed."]
        found += [Action("end", "End the amount", end, warns=True, why_not=none)]
    return Actions(*found)


def asking_beyond_bands(row: ReturnPupil, user: User) -> Actions:
    """The school's SENCO asks at any time, whatever has become of the return."""
    if not row.pupil_return.is_own(user, SENCO):
        return Actions()
    waits = waiting_for(row.pupil_id, row.pupil_return.school).exists
    return Actions(
        Action(
            "exceptional",
            "Ask for more than this band (exceptional request)",
            reverse("banding:exceptional_create", args=[row.pk]),
            why_not=lambda: ["A request is waiting for the authority’s answer."] if waits() else [],
        )
    )
