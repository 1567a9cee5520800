"""Information sheets, their actions and dates, and who has read them (rules.md R4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import SHEET_READERS, SHEET_WRITERS
from banding_portal.states import Stateful
from schools.choices import SHEET_MOVES, SheetState
from schools.information_sheets.lines import Line
from schools.models.audiences import HasAudience, is_for

if TYPE_CHECKING:
    from schools.models.people import User


class InformationSheetQuerySet(models.QuerySet["InformationSheet"]):
    def visible_to(self, user: "User") -> "InformationSheetQuerySet":
        """All for those who write them; for an auditor what was published; for everybody what is
        for them, from its first day on.
        """
        if user.has_role(*SHEET_WRITERS):
            return self
        told = self.exclude(state=SheetState.DRAFT)
        if user.has_role(*SHEET_READERS):
            return told
        return told.filter(is_for(user), shown_from__lte=timezone.localdate())

    def for_reading(self, user: "User") -> "InformationSheetQuerySet":
        """What is for the person and stands on their home page today."""
        return self.current().filter(is_for(user))

    def current(self) -> "InformationSheetQuerySet":
        today = timezone.localdate()
        return self.filter(
            state=SheetState.PUBLISHED, shown_from__lte=today, shown_until__gte=today
        )


@audited
class InformationSheet(UuidModel, HasAudience, Stateful):
    """Told to an audience from one day to another. Once published it stays as it was read."""

    NOUN, MOVES = "An information sheet", SHEET_MOVES
    COLOURS = {SheetState.PUBLISHED: "green", SheetState.WITHDRAWN: "red"}

    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True, help_text="Counted in each year.")
    title = models.CharField(max_length=120)
    text = models.TextField()
    contact = models.CharField(max_length=200)
    shown_from = models.DateField()
    shown_until = models.DateField()
    by_mail = models.BooleanField("sent by email", default=False)
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField("emails queued", null=True)
    withdrawn_because = models.TextField(blank=True)

    objects = InformationSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "title"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="information_sheet_number"),
            models.CheckConstraint(
                condition=Q(shown_until__gte=F("shown_from")), name="information_sheet_days"
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.DRAFT, number=None)
                | (~Q(state=SheetState.DRAFT) & Q(number__isnull=False, year__isnull=False)),
                name="information_sheet_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}" if self.number else self.title

    @property
    def label(self) -> str:
        """2026/7, or empty for a draft."""
        return f"{self.year}/{self.number}" if self.number else ""


@audited
class SheetLine(models.Model):
    """An action to take or a date to note."""

    sheet = models.ForeignKey(InformationSheet, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    on = models.DateField("day", null=True)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="sheet_line_position")
        ]

    def __str__(self) -> str:
        return self.line.typed

    @property
    def line(self) -> Line:
        return Line(self.text, self.on)


class SheetReading(models.Model):
    """Somebody has said that they have read a sheet."""

    sheet = models.ForeignKey(InformationSheet, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="sheet_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.person}"
