"""Sets of training cases and how moderators judged them (rules.md M12)."""

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.models import Area, Band, Framework, Level
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import MODERATION_OVERSIGHT
from moderation.choices import Confidence

if TYPE_CHECKING:
    from schools.models import User


class CalibrationQuerySet(models.QuerySet["Calibration"]):
    def visible_to(self, user: "User") -> "CalibrationQuerySet":
        """One's own; the lead and auditors see how everybody stands."""
        return self if user.has_role(*MODERATION_OVERSIGHT) else self.filter(moderator=user)


@audited
class Calibration(UuidModel):
    """A set of training cases that a moderator judges; finished when every one is locked."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calibrations"
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="calibrations")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["moderator", "framework"],
                condition=Q(finished_at=None),
                name="calibration_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework}: {self.moderator}"


class TrainingJudgementQuerySet(models.QuerySet["TrainingJudgement"]):
    def of(self, user: "User") -> "TrainingJudgementQuerySet":
        """Nobody but who judges a training case sees it: it is judged by others yet."""
        return self.filter(calibration__moderator=user)

    def to_judge(self) -> "TrainingJudgementQuerySet":
        return self.filter(locked_at=None)


@audited
class TrainingJudgement(UuidModel):
    """A training case of a set, and the moderator's own band for it.

    The case is kept as the framework said it then: later words are another case.
    """

    calibration = models.ForeignKey(
        Calibration, on_delete=models.CASCADE, related_name="judgements"
    )
    place = models.PositiveSmallIntegerField(help_text="Its number in the set, from 1.")
    key = models.CharField(max_length=16)
    case = models.JSONField(help_text="{pupil, levels: [{area, level}], band, why}")
    band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confidence = models.CharField(max_length=8, choices=Confidence, blank=True)
    rationale = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingJudgementQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        triggers = [
            pgtrigger.Protect(
                name="locked_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["calibration", "key"], name="training_case_once"),
            models.UniqueConstraint(fields=["calibration", "place"], name="training_place_once"),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(band__isnull=False),
                name="training_locked_has_a_band",
            ),
        ]

    def __str__(self) -> str:
        return f"Training case {self.place}"

    @property
    def settled_band(self) -> str:
        """The code of the band that was agreed."""
        return str(self.case["band"])

    @property
    def settled_levels(self) -> dict[str, str]:
        """Area to level, for the areas that were agreed."""
        levels: list[dict[str, Any]] = self.case["levels"]
        return {each["area"]: each["level"] for each in levels}


@audited
class TrainingLevel(UuidModel):
    """The level a moderator chose in one area of a training case."""

    judgement = models.ForeignKey(
        TrainingJudgement, on_delete=models.CASCADE, related_name="levels"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area__position"]
        constraints = [
            models.UniqueConstraint(fields=["judgement", "area"], name="training_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level.code}"
