"""What a person may do with schools, quadrants and files of the authority."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import ADMINISTRATOR, AUDITOR, COLLECTION_RUNNERS, MODERATION_LEAD
from schools.choices import SchoolStatus
from schools.models import FormerSector, School, User


def actions_on_schools(user: User) -> Actions:
    """What a person may do beside the list of schools."""
    without = Action("without", "Pupils without a school", reverse("schools:arrangement_list"))
    became = Action(
        "became", "Schools that converted, merged or split", reverse("schools:conversion_list")
    )
    if not user.has_role(*ADMINISTRATOR):
        reads = user.has_role(*COLLECTION_RUNNERS, *AUDITOR)
        return Actions(became, without) if reads else Actions()
    return Actions(
        Action("assign", "Save the quadrant", reverse("schools:school_list"), posts=True),
        Action("quadrants", "Quadrants", reverse("schools:quadrant_list")),
        became,
        without,
        register_upload(),
    )


@actions_for.register
def school_actions(school: School, user: User) -> Actions:
    assign = actions_on_schools(user).get("assign")
    return Actions(assign, convert(school) if may_convert(school, user) else None)


def may_convert(school: School, user: User) -> bool:
    return school.status == SchoolStatus.CLOSED and user.has_role(*COLLECTION_RUNNERS)


def convert(school: School) -> Action:
    """To the page that moves what belongs to the school to what it became (S1)."""
    url = reverse("schools:conversion", args=[school.pk])
    return Action("convert", "What became of this school", url)


@actions_for.register
def sector_actions(former: FormerSector, user: User) -> Actions:
    """When a school changed its sector is put right by those who run collections (S11)."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("schools:sector_correct", args=[former.pk])
    return Actions(Action("correct", "Correct the date", url))


def actions_on_quadrants(user: User) -> Actions:
    """What a person may do beside the list of quadrants."""
    readers = ADMINISTRATOR | AUDITOR | MODERATION_LEAD
    download = Action("download", "Download schools", reverse("schools:quadrant_export"))
    if not user.has_role(*ADMINISTRATOR):
        return Actions(download if user.has_role(*readers) else None)
    return Actions(
        Action("create", "Add the quadrant", reverse("schools:quadrant_list")),
        Action("upload", "Upload schools", reverse("schools:quadrant_upload")),
        download,
    )


def actions_on_imports(user: User) -> Actions:
    """The files a person may send in. The caseload belongs to another app, by its address."""
    caseload_url = reverse("banding:caseload_upload")
    return Actions(
        register_upload() if user.has_role(*ADMINISTRATOR) else None,
        Action("caseload", "Upload a caseload", caseload_url, primary=True)
        if user.has_role(*COLLECTION_RUNNERS)
        else None,
    )


def register_upload() -> Action:
    url = reverse("schools:register_upload")
    return Action("register", "Upload the register of schools", url, primary=True)


def actions_on_arrangements(user: User) -> Actions:
    """Officers and administrators keep what pupils without a school have instead (S14)."""
    if not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    return Actions(
        Action("add", "Add an arrangement", reverse("schools:arrangement_create"), primary=True)
    )


def arrangement_actions(arrangement: School, user: User) -> Actions:
    if not arrangement.arrangement or not user.has_role(*COLLECTION_RUNNERS):
        return Actions()
    url = reverse("schools:arrangement_edit", args=[arrangement.pk])
    return Actions(Action("edit", "Change", url))
