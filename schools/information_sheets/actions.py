"""What a person may do with an information sheet now (rules.md R4)."""

from django.urls import reverse
from django.utils import timezone

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import SHEET_WRITERS
from banding_portal.words import day
from schools.choices import SheetState
from schools.information_sheets.models import InformationSheet
from schools.information_sheets.selectors import (
    is_read_by,
    is_reader,
    mark_of_sheet,
    reads_all,
)
from schools.models import User
from schools.selectors.audiences import people_in

NOT_DRAFT = "This sheet has been published. It stays as people have read it."
PUBLISHED = "This sheet has been published already."
NOBODY = "Nobody belongs to this audience today. Choose other roles, sectors or quadrants."


def actions_on_sheets(user: User) -> Actions:
    """What a person may do beside the list."""
    if not user.has_role(*SHEET_WRITERS):
        return Actions()
    url = reverse("schools:sheet_create")
    return Actions(Action("write", "Write an information sheet", url, primary=True))


@actions_for.register
def sheet_actions(sheet: InformationSheet, user: User) -> Actions:
    """Its writers change, publish and withdraw it; whoever it is for says they have read it."""
    found: list[Action] = []
    if user.has_role(*SHEET_WRITERS):
        found += writers_actions(sheet)
    if reads_all(user) and sheet.state != SheetState.DRAFT:
        found.append(Action("readers", "Who has read it", url_of(sheet, "readers")))
    if sheet.state == SheetState.PUBLISHED and is_reader(sheet, user):
        read = ["You have said that you have read it."] if is_read_by(sheet, user) else []
        words = "I have read this"
        url = url_of(sheet, "read")
        found.append(Action("read", words, url, posts=True, primary=True, why_not=read))
    return Actions(*found)


def writers_actions(sheet: InformationSheet) -> list[Action]:
    if sheet.state == SheetState.DRAFT:
        return [
            Action(
                "publish",
                "Publish",
                url_of(sheet, "publish"),
                posts=True,
                primary=True,
                hidden={"seen": mark_of_sheet(sheet)},
                why_not=lambda: why_not_published(sheet),
                cannot="This sheet cannot be published yet.",
            ),
            Action("change", "Change it", url_of(sheet, "edit")),
            Action("delete", "Delete the draft", url_of(sheet, "delete"), posts=True, warns=True),
        ]
    over = [] if sheet.state == SheetState.PUBLISHED else ["This sheet has been withdrawn."]
    return [
        Action("publish", "Publish", why_not=[PUBLISHED]),
        Action("change", "Change it", why_not=[NOT_DRAFT]),
        Action("delete", "Delete the draft", why_not=[NOT_DRAFT]),
        Action("withdraw", "Withdraw it", url_of(sheet, "withdraw"), why_not=over),
    ]


def why_not_published(sheet: InformationSheet) -> list[str]:
    reasons = []
    if sheet.shown_until < timezone.localdate():
        reasons.append(f"Its last day, {day(sheet.shown_until)}, is over. Choose a later one.")
    if not people_in(sheet).exists():
        reasons.append(NOBODY)
    return reasons


def url_of(sheet: InformationSheet, name: str) -> str:
    return reverse(f"schools:sheet_{name}", args=[sheet.pk])
