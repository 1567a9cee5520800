"""What a person may do with frameworks (rules.md B1)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions
from banding_portal.roles import ADMINISTRATOR
from schools.models import User


def actions_on_frameworks(user: User) -> Actions:
    """What a person may do beside the list of frameworks."""
    if not user.has_role(*ADMINISTRATOR):
        return Actions()
    url = reverse("banding:framework_upload")
    return Actions(Action("load", "Load a framework", url, primary=True))
