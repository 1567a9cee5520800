"""What moderation adds to a pupil's page: documents with the plan, given to who judges (M4)."""

from banding_portal.roles import SENCO, SEND_OFFICER
from banding_portal.words import counted
from moderation.plans.actions import actions_on_plan, given_with
from schools.models import Pupil, User
from schools.pupil_sections import PupilSection


def plan_documents(pupil: Pupil, user: User) -> PupilSection:
    """How many the person's side has given, and where to give more; nothing of any case."""
    givers = user.has_role(*SENCO, *SEND_OFFICER)
    given = given_with(pupil, user).count() if givers else 0
    context = {
        "given_words": counted(given, "document") if given else "",
        "can": actions_on_plan(pupil, user, given),
    }
    return PupilSection("moderation/_pupil_plan_documents.html", context)
