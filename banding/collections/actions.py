"""What a person may do with collections (rules.md B6, B7)."""

from django.urls import reverse

from banding.collections.untouched import problems_of_deleting
from banding.models import Collection
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import (
    ALL_PUPIL_ROLES,
    COLLECTION_FOLLOWERS,
    COLLECTION_RUNNERS,
    SEND_OFFICER,
)
from schools.models import User


@actions_for.register
def collection_actions(collection: Collection, user: User) -> Actions:
    """Officers and administrators run collections; who sees the pupils compares the schools."""

    def url(name: str) -> str:
        return reverse(f"banding:collection_{name}", args=[collection.pk])

    compares = user.has_role(*ALL_PUPIL_ROLES)
    compare = Action("similar", "Schools whose bands differ", url("similar")) if compares else None
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions(compare)

    closed = [f"{collection.name} is closed."] if collection.is_closed else []
    is_open = [] if collection.is_closed else [f"{collection.name} is open."]
    return Actions(
        Action("edit", "Change name, dates and sectors", url("edit"), why_not=closed),
        Action("close", "Close the collection", url("close"), why_not=closed),
        Action("reopen", "Open it again", url("reopen"), why_not=is_open),
        Action(
            "delete",
            "Delete the collection",
            url("delete"),
            why_not=lambda: problems_of_deleting(collection),
        ),
        Action("like", "Open one like it for other sectors", like_url(collection)),
        Action(
            "sync", "Add pupils who have arrived since", url("sync"), posts=True, why_not=closed
        ),
        templates_of_all(collection, user, closed),
        compare,
    )


def templates_of_all(collection: Collection, user: User, closed: list[str]) -> Action | None:
    """For who sees the pupils of every school."""
    if not user.has_role(*SEND_OFFICER):
        return None
    url = reverse("banding:template_zip_make", args=[collection.pk])
    return Action("templates", "Prepare every school’s template", url, posts=True, why_not=closed)


def like_url(collection: Collection) -> str:
    return f"{reverse('banding:collection_create')}?like={collection.code}"


def actions_on_collections(user: User) -> Actions:
    """What a person may do beside the list of collections."""
    found: list[Action] = []
    if user.has_role(*COLLECTION_RUNNERS):
        url = reverse("banding:collection_create")
        found += [Action("open", "Open a collection", url, primary=True)]
        url = reverse("banding:exercise_create")
        found += [Action("by_sector", "Open an exercise sector by sector", url)]
    if user.has_role(*ALL_PUPIL_ROLES):
        found += [
            Action("joiners", "Joiners", reverse("banding:joiner_list")),
            Action("leavers", "Leavers", reverse("banding:leaver_list")),
            Action("details", "Details to correct", reverse("banding:details_list")),
            Action("requests", "Exceptional requests", reverse("banding:exceptional_list")),
            Action("changes", "Changes of band", reverse("banding:change_request_list")),
            Action("new_plans", "New plans to band", reverse("banding:new_plan_list")),
            Action("roll_over", "Year roll-over", reverse("banding:roll_over")),
        ]
    if user.has_role(*COLLECTION_FOLLOWERS):
        found += [Action("reminders", "Reminders", reverse("banding:reminder_schedules"))]
    return Actions(*found)
