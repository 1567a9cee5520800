"""Letters about outcomes as schools got them (rules.md M11)."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models

from banding.models import Return
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES
from moderation.models.cases import Case
from moderation.panels.models import PanelCase
from schools.selectors.successors import done_at

if TYPE_CHECKING:
    from schools.models import User


class OutcomeLetterQuerySet(models.QuerySet["OutcomeLetter"]):
    def visible_to(self, user: "User") -> "OutcomeLetterQuerySet":
        """Those with a line that the person may read."""
        lines = LetterLine.objects.visible_to(user)
        return self.filter(pk__in=lines.values("letter"))


@audited
class OutcomeLetter(UuidModel):
    """What a school was told of its outcomes on a day; what stands in it never changes."""

    pupil_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField()
    reference = models.CharField(max_length=60, unique=True)
    contact = models.CharField(max_length=400, help_text="Whom the school asks about it.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OutcomeLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-made_at"]
        triggers = [pgtrigger.Protect(name="letter_stays", operation=pgtrigger.Update)]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil_return", "published_on"], name="outcome_letter_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class LetterLineQuerySet(models.QuerySet["LetterLine"]):
    def visible_to(self, user: "User") -> "LetterLineQuerySet":
        """Of the person's own schools, and of what these became (S1)."""
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        path = "case__decision__"
        return self.filter(done_at(schools, school=f"{path}school", pupil=f"{path}pupil"))


@audited
class LetterLine(UuidModel):
    """One outcome as it was then, or what a panel made of it later."""

    letter = models.ForeignKey(OutcomeLetter, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    panel_case = models.ForeignKey(
        PanelCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pupil = models.CharField(max_length=200)
    school_band = models.CharField(max_length=60)
    agreed_band = models.CharField(max_length=60)
    effective_from = models.DateField()
    reason = models.TextField(blank=True)
    challenge_until = models.DateField(null=True, help_text="Empty where a panel has decided.")

    objects = LetterLineQuerySet.as_manager()

    class Meta:
        ordering = ["pupil", "pk"]
        triggers = [pgtrigger.Protect(name="line_stays", operation=pgtrigger.Update)]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "panel_case"], name="letter_line_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.pupil}"
