"""What a person may do with a resource now (rules.md R9)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.documents.choices import DocumentState
from banding_portal.roles import RESOURCE_KEEPERS
from schools.choices import ResourceState
from schools.models import Resource, User
from schools.selectors.audiences import people_in

NOTHING = "It has neither a document nor a web address yet."
NO_ALTERNATIVE = (
    "It has no accessible alternative. Write the same as text, or give the address of a page that "
    "everybody can read."
)
HELD = "Its document waits for the virus scan."
HAS_ADDRESS = "It is a web address, so it has no document."
NOBODY = "Nobody belongs to this audience today. Choose other roles, sectors or quadrants."
NOT_DRAFT = "It has been published, and stays as it is. Make a new version of it."
PUBLISHED = "It has been published already."
HAS_NEXT = "Somebody has begun a new version of it already."
PREVIOUS = "This is a previous version. Download the current one instead."
WITHDRAWN = "This has been withdrawn."


def actions_on_resources(user: User) -> Actions:
    """What a person may do beside the list."""
    if not user.has_role(*RESOURCE_KEEPERS):
        return Actions()
    return Actions(
        Action("add", "Add a resource", reverse("schools:resource_create"), primary=True)
    )


@actions_for.register
def resource_actions(resource: Resource, user: User) -> Actions:
    """Whoever it is for downloads it; its keepers publish, replace and withdraw it."""
    found: list[Action] = []
    if user.has_role(*RESOURCE_KEEPERS):
        found += keepers_actions(resource)
    return Actions(download_of(resource) if resource.document_there else None, *found)


def download_of(resource: Resource) -> Action:
    """The document of a draft, too, for those who see the draft."""
    is_draft = resource.state == ResourceState.DRAFT
    return Action(
        "download",
        "Look at the document" if is_draft else "Download",
        url_of(resource, "file"),
        primary=not is_draft,
        why_not=why_not_downloaded(resource),
        cannot="",
    )


def keepers_actions(resource: Resource) -> list[Action]:
    if resource.state == ResourceState.DRAFT:
        return [
            Action(
                "publish",
                "Publish",
                url_of(resource, "publish"),
                posts=True,
                primary=True,
                why_not=lambda: why_not_published(resource),
                cannot="This cannot be published yet.",
            ),
            Action(
                "attach",
                words_of_attaching(resource),
                url_of(resource, "attach"),
                why_not=[HAS_ADDRESS] if resource.address else [],
                cannot="",
            ),
            Action("change", "Change it", url_of(resource, "edit")),
            Action(
                "delete", "Delete the draft", url_of(resource, "delete"), posts=True, warns=True
            ),
        ]
    in_use = resource.state == ResourceState.PUBLISHED
    over = [] if in_use else ["It is not in use any more."]
    begun = [HAS_NEXT] if hasattr(resource, "replaced_by") else []
    return [
        Action("publish", "Publish", why_not=[PUBLISHED] if in_use else over),
        Action("change", "Change it", why_not=[NOT_DRAFT], cannot=""),
        Action("attach", "Add the document", why_not=[NOT_DRAFT]),
        Action("delete", "Delete the draft", why_not=[NOT_DRAFT]),
        Action("renew", "Make a new version", url_of(resource, "renew"), why_not=over or begun),
        Action("withdraw", "Withdraw it", url_of(resource, "withdraw"), why_not=over),
    ]


def words_of_attaching(resource: Resource) -> str:
    return "Replace the document" if resource.document_there else "Add the document"


def why_not_downloaded(resource: Resource) -> list[str]:
    if resource.state == ResourceState.PREVIOUS:
        return [PREVIOUS]
    return [WITHDRAWN] if resource.state == ResourceState.WITHDRAWN else []


def why_not_published(resource: Resource) -> list[str]:
    reasons = []
    document = resource.document_there
    if not document and not resource.address:
        reasons.append(NOTHING)
    if document and document.state != DocumentState.READY:
        held = document.state == DocumentState.HELD
        reasons.append(HELD if held else NOTHING)
    if not resource.alternative and not resource.alternative_address:
        reasons.append(NO_ALTERNATIVE)
    if not people_in(resource).exists():
        reasons.append(NOBODY)
    return reasons


def url_of(resource: Resource, name: str) -> str:
    return reverse(f"schools:resource_{name}", args=[resource.pk])
