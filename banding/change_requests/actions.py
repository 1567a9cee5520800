"""What a person may do about a request to change a band (rules.md B14)."""

from django.urls import reverse

from banding.change_requests.selectors import where_to_tell
from banding.choices import ChangeRequestState, ReturnState
from banding.models import ChangeRequest, Return, ReturnPupil
from banding_portal.actions import Action, Actions, Reasons, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User
from schools.selectors.successors import gone_on_at

OWN = "You asked for this yourself: somebody else has to answer it."


def asking_for(row: ReturnPupil, user: User) -> Actions:
    """The SENCO of the school, or of what it became, asks once the return is accepted."""
    if not asks_about(row, user):
        return Actions()
    url = reverse("banding:change_request_create", args=[row.pk])
    words = f"Ask for another band for {row.pupil.forename}"
    return Actions(Action("ask", words, url, why_not=lambda: why_not_asked(row)))


def asks_about(row: ReturnPupil, user: User) -> bool:
    """Whether the person is SENCO at its school, or where the pupil is at what that became (S1)."""
    own = user.school_ids_as(*SENCO)
    school = row.pupil_return.school
    return school.pk in own or (bool(own) and gone_on_at(school, row.pupil_id).pk in own)


def told_on(row: ReturnPupil, user: User) -> Return | None:
    """The open return on which the person says instead that the band of an accepted one changed."""
    is_over = row.pupil_return.state == ReturnState.ACCEPTED and asks_about(row, user)
    found = where_to_tell(row) if is_over else None
    return found if found and found.is_own(user, SENCO) else None


def why_not_asked(row: ReturnPupil) -> Reasons:
    if row.pupil_return.state != ReturnState.ACCEPTED:
        return ["The authority has not accepted this return. Until then it can be corrected."]
    if ChangeRequest.objects.of_row(row).waiting().exists():
        return ["A request for this pupil is waiting for the authority’s answer."]
    if open_return := where_to_tell(row):
        return [f"{open_return.collection} asks about this pupil now. Choose the band there."]
    return []


@actions_for.register
def change_request_actions(asked: ChangeRequest, user: User) -> Actions:
    """The school withdraws what nobody has answered yet; an officer agrees, or does not."""
    over = []
    if asked.state != ChangeRequestState.WAITING:
        over = [f"This request is “{asked.get_state_display().lower()}”."]
    page = reverse("banding:change_request_detail", args=[asked.pk])
    found: list[Action] = []
    if asked.is_own(user, SENCO):
        url = reverse("banding:change_request_withdraw", args=[asked.pk])
        found += [Action("withdraw", "Withdraw the request", url, posts=True, why_not=over)]
    if user.has_role(*SEND_OFFICER):
        own = [OWN] if asked.asked_by_id == user.pk else []
        found += [
            Action("agree", "Agree to the change", page, primary=True, why_not=over or own),
            Action("refuse", "Do not agree", page, why_not=over or own),
        ]
    return Actions(*found)
