"""What a person may do with a transfer now: name the school, take it back, answer (S7)."""

from django.urls import reverse

from banding.choices import TransferState
from banding.models import Transfer
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SENCO, SEND_OFFICER
from schools.models import User


@actions_for.register
def transfer_actions(transfer: Transfer, user: User) -> Actions:
    """The present school and officers take back what nobody has answered; the named one answers."""
    answered = []
    if transfer.state != TransferState.ASKED:
        said = transfer.get_state_display().lower()
        answered = [f"{transfer.to_school} has answered: {said}."]
    own = user.school_ids_as(*SENCO)
    found: list[Action] = []
    if transfer.from_school_id in own or user.has_role(*SEND_OFFICER):
        url = reverse("banding:transfer_withdraw", args=[transfer.pk])
        found += [Action("withdraw", "Undo", url, posts=True, why_not=answered)]
    if transfer.to_school_id in own:
        url = reverse("banding:arrival_answer", args=[transfer.pk])
        found += [Action("answer", "Answer", url, primary=True, why_not=answered)]
    return Actions(*found)
