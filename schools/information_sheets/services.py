"""Writing, publishing and withdrawing information sheets, and reading them (rules.md R4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from banding_portal.jobs.locks import one_at_a_time
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.choices import SheetState
from schools.information_sheets.actions import actions_on_sheets, sheet_actions
from schools.information_sheets.lines import Line
from schools.information_sheets.models import InformationSheet, SheetLine, SheetReading
from schools.information_sheets.selectors import mark_of_sheet, waiting_to_tell
from schools.models import User
from schools.selectors.audiences import people_in

NUMBERING = 7_100_001
"""The number under which one sheet at a time is given its own."""
CHANGED = (
    "Somebody has changed this draft since you opened the page. "
    "Read what it says now, then publish it."
)
ENDS_FIRST = "The last day must be the same as the first day, or later"


@dataclass(frozen=True)
class Written:
    """What a sheet says, to whom and when."""

    title: str
    text: str
    contact: str
    shown_from: dt.date
    shown_until: dt.date
    roles: Sequence[str]
    sectors: Sequence[str] = ()
    quadrants: Sequence[str] = ()
    lines: Sequence[Line] = ()
    by_mail: bool = False

    @property
    def fields(self) -> dict[str, object]:
        many = ("roles", "sectors", "quadrants")
        kept = {name: value for name, value in asdict(self).items() if name != "lines"}
        return kept | {name: list(kept[name]) for name in many}


@verb
def write_sheet(*, written: Written, by: User) -> InformationSheet:
    """Keep a draft. Raises RefusalError where it ends before it starts."""
    actions_on_sheets(by).require("write")
    check_days(written)
    sheet = InformationSheet.objects.create(written_by=by, **written.fields)
    keep_lines(sheet, written.lines)
    return sheet


@verb
def change_sheet(*, sheet: InformationSheet, written: Written, by: User) -> InformationSheet:
    """Change a draft. Raises RefusalError once it is published."""
    locked = locked_sheet(sheet)
    sheet_actions(locked, by).require("change")
    check_days(written)
    for name, value in written.fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(written.fields))
    locked.lines.all().delete()
    keep_lines(locked, written.lines)
    return locked


@verb
def delete_sheet(*, sheet: InformationSheet, by: User) -> None:
    locked = locked_sheet(sheet)
    sheet_actions(locked, by).require("delete")
    locked.delete()


@verb
def publish_sheet(*, sheet: InformationSheet, seen: str = "", by: User) -> InformationSheet:
    """Give it the next number of the year; its audience sees it from its first day on.

    `seen` is the mark of the draft that the person looked at. Raises RefusalError where it says
    something else by now.
    """
    locked = locked_sheet(sheet)
    sheet_actions(locked, by).require("publish")
    if seen and seen != mark_of_sheet(locked):
        raise RefusalError(CHANGED)
    one_at_a_time(NUMBERING)
    year = timezone.localdate().year
    last = InformationSheet.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    numbered = {"year": year, "number": (last or 0) + 1}
    published = {"published_at": timezone.now(), "published_by": by}
    locked.move(SheetState.PUBLISHED, by=by, **numbered, **published)
    if locked.by_mail and locked.shown_from <= timezone.localdate():
        tell_audience(locked)
    return locked


@verb
def withdraw_sheet(*, sheet: InformationSheet, reason: str, by: User) -> InformationSheet:
    """Take it off every home page; whoever it was for still reads why."""
    locked = locked_sheet(sheet)
    sheet_actions(locked, by).require("withdraw")
    locked.move(SheetState.WITHDRAWN, by=by, withdrawn_because=reason.strip())
    return locked


@verb
def read_sheet(*, sheet: InformationSheet, by: User) -> None:
    """Note that the person has read it; twice is once. Raises RefusalError for anybody else."""
    if "read" not in [action.name for action in sheet_actions(sheet, by)]:
        raise RefusalError("This information sheet is not, or no longer, on your home page.")
    SheetReading.objects.get_or_create(sheet=sheet, person=by)


def tell_of_sheets() -> int:
    """Queue the emails of sheets whose first day has come; returns of how many. Twice is once."""
    return sum(tell_if_waiting(sheet) for sheet in waiting_to_tell())


@verb
def tell_if_waiting(sheet: InformationSheet) -> bool:
    locked = locked_sheet(sheet)
    if not waiting_to_tell().filter(pk=locked.pk).exists():
        return False
    tell_audience(locked)
    return True


def tell_audience(sheet: InformationSheet) -> None:
    """One email a person, by the number alone: what is typed does not travel (R3)."""
    people = list(people_in(sheet).values_list("pk", flat=True))
    title = f"Information sheet {sheet.label} has been published"
    path = reverse("schools:sheet_detail", args=[sheet.pk])
    notify(NoticeKind.SHEET, [Happening(people, key=str(sheet.pk), title=title, path=path)])
    sheet.told_at = timezone.now()
    sheet.save(update_fields=["told_at"])


def check_days(written: Written) -> None:
    if written.shown_until < written.shown_from:
        raise RefusalError(ENDS_FIRST, field="shown_until")


def keep_lines(sheet: InformationSheet, lines: Sequence[Line]) -> None:
    SheetLine.objects.bulk_create(
        SheetLine(sheet=sheet, position=at, on=line.on, text=line.text)
        for at, line in enumerate(lines)
    )


def locked_sheet(sheet: InformationSheet) -> InformationSheet:
    """Raises RefusalError where somebody has deleted it meanwhile."""
    found = InformationSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if found is None:
        raise RefusalError("Somebody has deleted this draft in the meantime.")
    return found


def is_still_so(notice: Notice) -> bool:
    """Whether a sheet still stands, so that nobody is told of one that was withdrawn meanwhile."""
    return InformationSheet.objects.filter(pk=notice.key, state=SheetState.PUBLISHED).exists()
