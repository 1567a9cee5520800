"""Band decisions: a person's choice of band for a pupil under a framework (rules.md B3, B4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from banding.choices import DECISION_MOVES, DecisionSource, DecisionState
from banding.collections.models import Collection
from banding.decisions.outcome_triggers import outcomes_stand_beside_theirs
from banding.evidence.rules import in_words
from banding.frameworks.freezing import decisions_hold_framework
from banding.frameworks.models import Area, Band, Framework, Level
from banding.returns.models import ReturnPupil
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import Placement, Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class BandDecisionQuerySet(models.QuerySet["BandDecision"]):
    def visible_to(self, user: "User") -> "BandDecisionQuerySet":
        """All for officers and auditors; for a school its own, and what was in effect while
        the pupil was with it (B6). Drafts are the making school's alone.
        """
        if user.roles & ALL_PUPIL_ROLES:
            return self
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        here_then = Placement.objects.filter(
            Q(end=None) | Q(end__gte=OuterRef("effective_from")),
            pupil=OuterRef("pupil"),
            school__in=schools,
        )
        others = Q(Exists(here_then)) & ~Q(state=DecisionState.DRAFT)
        counted = self.exclude(state=DecisionState.MISTAKEN).exclude(
            # Outcomes are held until the day of feedback (M11).
            source=DecisionSource.MODERATION,
            collection__feedback_on__gt=timezone.localdate(),
        )
        return counted.filter(Q(school__in=schools) | others)

    def in_force(self) -> "BandDecisionQuerySet":
        """Submitted and not superseded."""
        return self.filter(state=DecisionState.SUBMITTED)


@audited
class BandDecision(UuidModel, Stateful):
    """A band for a pupil under a framework from a date. Never edited after submission:
    a correction is a new decision that supersedes it.
    """

    NOUN, MOVES = "A decision", DECISION_MOVES
    COLOURS = {DecisionState.SUBMITTED: "green"}

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="decisions")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="decisions")
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    return_pupil = models.ForeignKey(
        ReturnPupil, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        help_text="The school that made it; empty for the authority’s own decisions.",
    )
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    source = models.CharField(max_length=10, choices=DecisionSource)
    band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    suggested_band = models.ForeignKey(
        Band, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    difference_reason = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    evidence = models.JSONField(
        default=dict,
        blank=True,
        help_text="Of provision, by the code of the framework’s field; with an application.",
    )
    effective_from = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    moderates = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="moderated_as",
        help_text="For a moderation outcome: the school’s decision it was about.",
    )
    started_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The decision of last time whose levels this one began with.",
    )
    version = models.PositiveIntegerField(
        default=1, help_text="Goes up with each save, so that two people notice each other (B8)."
    )

    objects = BandDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_from", "-submitted_at"]
        triggers = [*decisions_hold_framework, *outcomes_stand_beside_theirs]
        indexes = [
            models.Index(
                fields=["pupil", "effective_from"],
                condition=Q(state=DecisionState.SUBMITTED),
                name="decision_in_force",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["return_pupil"],
                condition=Q(state=DecisionState.DRAFT),
                name="decision_one_draft_a_return_pupil",
            ),
            models.UniqueConstraint(
                fields=["return_pupil"],
                condition=Q(state=DecisionState.SUBMITTED),
                name="decision_one_submitted_a_return_pupil",
            ),
            # An outcome stands beside the decision it is about, which it has one of (M10).
            models.UniqueConstraint(
                fields=["pupil", "framework", "collection"],
                condition=Q(state=DecisionState.SUBMITTED, moderates=None),
                name="decision_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["pupil", "framework", "collection"],
                condition=Q(state=DecisionState.SUBMITTED, moderates__isnull=False),
                name="decision_one_outcome_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT)
                | Q(band__isnull=False, submitted_at__isnull=False),
                name="decision_submitted_has_a_band",
            ),
            models.CheckConstraint(
                condition=Q(source=DecisionSource.MODERATION) ^ Q(moderates=None),
                name="decision_moderation_is_about_one",
            ),
        ]

    @property
    def is_held(self) -> bool:
        """Whether it is an outcome that schools do not see before the day of feedback (M11)."""
        is_outcome = self.source == DecisionSource.MODERATION
        return is_outcome and self.collection is not None and self.collection.holds_outcomes

    @property
    def source_words(self) -> str:
        """Who decided: “Panel”, “Agreed on request”; read with `asked_for_by`."""
        is_asked = getattr(self, "asked_for_by", None) is not None
        return "Agreed on request" if is_asked else self.get_source_display()

    @property
    def evidence_in_words(self) -> list[tuple[str, str]]:
        """Label and value of the evidence of provision."""
        return in_words(self.framework.evidence, self.evidence) if self.evidence else []

    def __str__(self) -> str:
        return f"{self.pupil}: {self.band or 'not decided yet'}"


class DecisionLevel(UuidModel):
    """The level chosen in one area."""

    decision = models.ForeignKey(BandDecision, on_delete=models.CASCADE, related_name="levels")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area__position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "area"], name="decision_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level.code}"
