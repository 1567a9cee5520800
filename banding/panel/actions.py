"""What a person may do with a pupil's bands for the SEND operations panel (rules.md B4)."""

from django.urls import reverse

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SEND_OFFICER
from schools.models import User

AUTHORITY_S_OWN = frozenset({DecisionSource.PANEL, DecisionSource.AUTHORITY})


def actions_on_panel(user: User) -> Actions:
    """The address of a decision is its framework's, so the page gives it."""
    return Actions(Action("band", "Band") if user.has_role(*SEND_OFFICER) else None)


@actions_for.register
def decision_actions(decision: BandDecision, user: User) -> Actions:
    """A band the authority gave outside any collection is put right by officers (S10)."""
    own = decision.collection_id is None and decision.source in AUTHORITY_S_OWN
    if not own or not user.has_role(*SEND_OFFICER):
        return Actions()
    over = [] if decision.state == DecisionState.SUBMITTED else ["It is not in force any more."]
    words = {"correct": "Correct the day", "remove": "Entered by mistake"}
    return Actions(
        *(
            Action(
                name, text, reverse(f"banding:decision_{name}", args=[decision.pk]), why_not=over
            )
            for name, text in words.items()
        )
    )
