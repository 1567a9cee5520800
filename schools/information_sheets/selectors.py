"""Information sheets for lists and pages, who has read one, and how its emails stand."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from banding_portal.finding.results import without_kind
from banding_portal.folding import fold
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.selectors import mails_about
from banding_portal.roles import SHEET_READERS, SHEET_WRITERS, Role
from banding_portal.search import found_by
from banding_portal.seen import mark_of, marks_of
from schools.information_sheets.models import InformationSheet, SheetLine, SheetReading
from schools.models import Membership, User
from schools.models.audiences import memberships_of
from schools.selectors.audiences import people_in

NEWEST = (F("year").desc(nulls_first=True), F("number").desc(nulls_first=True), "title")
ROLE_WORDS = Case(
    *(When(role=each.value, then=Value(each.label)) for each in Role), default=Value("")
)
NUMBER = re.compile(r"\d{4}/\d{1,4}", re.ASCII)
READ, NOT_YET = "read", "not_yet"


def mark_of_sheet(sheet: InformationSheet) -> str:
    """Of all that its draft says."""
    names = ("title", "text", "contact", "roles", "sectors", "quadrants")
    days = ("shown_from", "shown_until", "by_mail")
    said = {name: getattr(sheet, name) for name in (*names, *days)}
    lines = [f"{line.on} {line.text}" for line in sheet.lines.all()]
    return mark_of(marks_of(said | {"lines": lines}))


def with_reading(rows: QuerySet[InformationSheet], user: User) -> QuerySet[InformationSheet]:
    """Each with `is_read` of the person."""
    own = SheetReading.objects.filter(sheet=OuterRef("pk"), person=user)
    return rows.annotate(is_read=Exists(own))


def sheets_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[InformationSheet]:
    """Those the person may see that fit `q`, words of the title or the number, and `state`;
    drafts first, then the newest.
    """
    found = with_reading(InformationSheet.objects.visible_to(user), user)
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if text := (wanted.get("q") or "").strip():
        fits = found_by(text, "title__folded", "text__folded")
        named = without_kind(text, "information sheet", "sheet").strip()
        if NUMBER.fullmatch(named):
            year, number = named.split("/")
            fits |= Q(year=year, number=number)
        found = found.filter(fits)
    return found.order_by(*NEWEST)


def people_of_sheet(sheet: InformationSheet, wanted: Mapping[str, Any]) -> QuerySet[User]:
    """Whom it is for today, and everybody who has read it, with `read_at`, their role `as_role`
    in words and `at_school`; narrowed by `q`, a name or a school, and by `show`.
    """
    readings = SheetReading.objects.filter(sheet=sheet, person=OuterRef("pk"))
    held = memberships_of(sheet).filter(user=OuterRef("pk")).order_by("role", "school__name")
    found = (
        User.objects.filter(Q(pk__in=people_in(sheet)) | Q(pk__in=sheet.readings.values("person")))
        .annotate(
            read_at=Subquery(readings.values("read_at")[:1]),
            role=Subquery(held.values("role")[:1]),
            at_school=Subquery(held.values("school__name")[:1]),
        )
        .annotate(as_role=ROLE_WORDS)
    )
    if wanted.get("show") == READ:
        found = found.exclude(read_at=None)
    if wanted.get("show") == NOT_YET:
        found = found.filter(read_at=None)
    if text := (wanted.get("q") or "").strip():
        at = Membership.objects.current().filter(school__folded__contains=fold(text))
        found = found.filter(Q(name__icontains=text) | Q(pk__in=at.values("user")))
    return found.order_by("name", "email")


def reading_counts(sheet: InformationSheet) -> tuple[int, int]:
    """How many of those it is for have read it, and how many it is for."""
    people = people_in(sheet)
    return people.filter(pk__in=sheet.readings.values("person")).count(), people.count()


def mail_counts(sheet: InformationSheet) -> tuple[int, int]:
    """Emails sent, of how many that were queued."""
    return mails_about(NoticeKind.SHEET, str(sheet.pk))


def sheets_for_home(user: User) -> list[Any]:
    """What is for the person today, unread before read, the newest first; each with `coming`, its
    dates from today on.
    """
    rows: Any = with_reading(InformationSheet.objects.for_reading(user), user)
    lines = SheetLine.objects.filter(sheet=OuterRef("pk"), on__gte=timezone.localdate())
    line = JSONObject(on="on", text="text")
    coming = ArraySubquery(lines.order_by("on", "position").values(line=line))
    return list(rows.annotate(coming=coming).order_by("is_read", *NEWEST))


def reads_all(user: User) -> bool:
    return user.has_role(*SHEET_WRITERS, *SHEET_READERS)


def is_reader(sheet: InformationSheet, user: User) -> bool:
    """Whether it is for this person and stands on their home page."""
    return InformationSheet.objects.for_reading(user).filter(pk=sheet.pk).exists()


def is_read_by(sheet: InformationSheet, user: User) -> SheetReading | None:
    return sheet.readings.filter(person=user).first()


def waiting_to_tell() -> QuerySet[InformationSheet]:
    """Published, to be sent by email, begun, and not sent yet."""
    return InformationSheet.objects.current().filter(by_mail=True, told_at=None)
