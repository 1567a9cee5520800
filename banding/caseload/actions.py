"""What a person may do with a caseload file that was checked."""

from django.urls import reverse

from banding.models import CaseloadUpload
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import COLLECTION_RUNNERS, SEND_OFFICER
from banding_portal.uploads.states import UploadState
from schools.models import User

NOT_READY = "Differences can be decided only while the file is waiting to be applied."
ENDED = frozenset({UploadState.READY, UploadState.APPLIED})


@actions_for.register
def caseload_actions(upload: CaseloadUpload, user: User) -> Actions:
    """Whoever may apply it decides; an officer ends what is missing from it."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("banding:caseload_differences", args=[upload.pk])
    not_ready = [] if upload.state == UploadState.READY else [NOT_READY]
    not_checked = [] if upload.state in ENDED else ["The file is not checked yet."]
    end = Action("end", "End these placements", url, posts=True, warns=True, why_not=not_checked)
    return Actions(
        Action("decide", "Save these choices", url, posts=True, why_not=not_ready),
        end if user.has_role(*SEND_OFFICER) else None,
    )
