"""What a person may do with collections (rules.md B6, B7)."""

from django.urls import reverse

from banding.models import Collection
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import ALL_PUPIL_ROLES, COLLECTION_RUNNERS
from schools.models import User


@actions_for.register
def collection_actions(collection: Collection, user: User) -> Actions:
    """Officers and administrators run collections."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("banding:collection_sync", args=[collection.pk])
    return Actions(Action("sync", "Add pupils who came since", url, posts=True))


def actions_on_collections(user: User) -> Actions:
    """What a person may do beside the list of collections."""
    found: list[Action] = []
    if user.has_role(*COLLECTION_RUNNERS):
        url = reverse("banding:collection_create")
        found += [Action("open", "Open a collection", url, primary=True)]
    if user.has_role(*ALL_PUPIL_ROLES):
        found += [
            Action("joiners", "Joiners", reverse("banding:joiner_list")),
            Action("leavers", "Leavers", reverse("banding:leaver_list")),
            Action("requests", "Exceptional requests", reverse("banding:exceptional_list")),
            Action("roll_over", "Year roll-over", reverse("banding:roll_over")),
        ]
    return Actions(*found)
