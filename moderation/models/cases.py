"""Cases, the blind judgements on them and how they were settled (rules.md M3-M5)."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from banding.models import Area, Band, BandDecision, Level
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES, Role
from banding_portal.states import Stateful
from moderation.choices import (
    ALLOWED,
    CaseKind,
    CaseState,
    ChangeReason,
    Confidence,
    OutcomeKind,
    TargetReason,
)
from moderation.models.samples import Sample
from schools.selectors.successors import done_at

if TYPE_CHECKING:
    from uuid import UUID

    from schools.models import User


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: "User") -> "CaseQuerySet":
        """All for the lead and auditors; for a moderator those given to them and those of their
        quadrants, without the cases of schools they work or worked for (M4).
        """
        if user.has_role(Role.MODERATION_LEAD, Role.AUDITOR):
            return self
        if not user.has_role(Role.MODERATOR):
            return self.none()
        worked_for = user.memberships.exclude(school=None).values("school")
        near = Q(decision__school__quadrant__in=user.quadrant_ids)
        return self.filter(near | Q(moderator=user) | Q(second_moderator=user)).exclude(
            decision__school__in=worked_for
        )

    def given_to(self, user: "User") -> "CaseQuerySet":
        """Those the person judges, as first or second moderator."""
        return self.filter(Q(moderator=user) | Q(second_moderator=user))

    def to_judge(self, user: "User") -> "CaseQuerySet":
        """Those given to the person in which their own judgement is still open."""
        locked = Judgement.objects.filter(moderator=user).exclude(locked_at=None)
        return (
            self.given_to(user)
            .filter(state=CaseState.ASSIGNED)
            .exclude(pk__in=locked.values("case"))
        )

    def with_bands_judged(self) -> "CaseQuerySet":
        """With `bands_judged`: how many different bands the locked judgements name."""
        locked = Q(judgements__locked_at__isnull=False)
        return self.annotate(bands_judged=Count("judgements__band", filter=locked, distinct=True))


DATE_GIVING = pgtrigger.Trigger(
    name="date_giving",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF NEW.moderator_id IS NULL THEN
            NEW.given_at = NULL;
        ELSIF TG_OP = 'INSERT' THEN
            NEW.given_at = coalesce(NEW.given_at, now());
        ELSIF NEW.moderator_id IS DISTINCT FROM OLD.moderator_id THEN
            NEW.given_at = CASE WHEN NEW.moderator_id = OLD.second_moderator_id
                THEN OLD.second_given_at ELSE now() END;
        END IF;
        IF NEW.second_moderator_id IS NULL THEN
            NEW.second_given_at = NULL;
        ELSIF TG_OP = 'INSERT' THEN
            NEW.second_given_at = coalesce(NEW.second_given_at, now());
        ELSIF NEW.second_moderator_id IS DISTINCT FROM OLD.second_moderator_id THEN
            NEW.second_given_at = now();
        END IF;
        RETURN NEW;
    """,
)
"""Whoever gives it and however: from then it is to be begun in time (M4)."""


@audited
class Case(UuidModel, Stateful):
    """A sampled decision to be judged."""

    NOUN, MOVES = "A case", ALLOWED
    COLOURS = {
        CaseState.ASSIGNED: "blue",
        CaseState.JUDGED: "purple",
        CaseState.EVIDENCE: "yellow",
        CaseState.PANEL: "orange",
        CaseState.SETTLED: "green",
    }

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="cases")
    decision = models.ForeignKey(BandDecision, on_delete=models.PROTECT, related_name="cases")
    first_decision = models.ForeignKey(
        BandDecision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The decision that was drawn, where the school has replaced it since.",
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replacement",
        help_text="The withdrawn case in whose place this one is judged.",
    )
    kind = models.CharField(max_length=10, choices=CaseKind, default=CaseKind.RANDOM)
    target_reason = models.CharField(
        max_length=12, choices=TargetReason, blank=True, help_text="Of a targeted case (M3)."
    )
    target_note = models.TextField(
        blank=True, help_text="What made the lead choose it, where it was chosen by hand."
    )
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.UNASSIGNED)
    reference = models.CharField(max_length=8, help_text="How a blind case is named on screen.")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    second_moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="second_cases",
    )
    given_because = models.TextField(
        blank=True, help_text="Why it was last taken from somebody by hand."
    )
    given_at = models.DateTimeField(
        null=True, editable=False, help_text="When the moderator was given it; by the database."
    )
    second_given_at = models.DateTimeField(null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        triggers = [DATE_GIVING]
        constraints = [
            models.UniqueConstraint(fields=["sample", "decision"], name="case_once"),
            models.UniqueConstraint(fields=["sample", "reference"], name="case_reference_once"),
            models.CheckConstraint(
                condition=Q(second_moderator=None) | ~Q(second_moderator=models.F("moderator")),
                name="case_second_moderator_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.reference}"

    @property
    def why_targeted(self) -> str:
        """The reason in words, and what the lead wrote; empty of a random case (M3)."""
        return ": ".join(filter(None, (self.get_target_reason_display(), self.target_note)))

    @property
    def judge_ids(self) -> list["UUID"]:
        """Who judges it: nobody, one or two people, the first moderator first."""
        return [pk for pk in (self.moderator_id, self.second_moderator_id) if pk]


@audited
class Judgement(UuidModel):
    """A moderator's own band for a case, made without sight of the school's (M4)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="judgements")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements"
    )
    band = models.ForeignKey(Band, null=True, blank=True, on_delete=models.PROTECT)
    confidence = models.CharField(max_length=8, choices=Confidence, blank=True)
    rationale = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["locked_at"]
        triggers = [
            pgtrigger.Protect(
                name="locked_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "moderator"], name="judgement_once"),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(band__isnull=False),
                name="judgement_locked_has_a_band",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.band or 'not judged yet'}"


class CaseOpening(UuidModel):
    """When somebody who judges a case first opened it: how long judging takes follows from it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_opening_once")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person}"


@audited
class JudgementLevel(UuidModel):
    """The level a moderator chose in one area."""

    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="levels")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area__position"]
        constraints = [
            models.UniqueConstraint(fields=["judgement", "area"], name="judgement_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level.code}"


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: "User") -> "OutcomeQuerySet":
        """Of the person's own schools, and of what these became (S1), from the day of feedback
        (M11); a withdrawn case has none to show.
        """
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        path = "case__decision__"
        own = self.filter(done_at(schools, school=f"{path}school", pupil=f"{path}pupil"))
        held = Q(case__decision__collection__feedback_on__gt=timezone.localdate())
        return own.exclude(held).exclude(kind=OutcomeKind.WITHDRAWN)


UPHELD_WORDS = (
    "Moderators read what is known of the pupil without knowing your band, and your band stays."
)


@audited
class Outcome(UuidModel):
    """How a case was settled. A change needs a reason code (M5)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=10, choices=OutcomeKind)
    band = models.ForeignKey(Band, null=True, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=12, choices=ChangeReason, blank=True)
    reason = models.TextField(blank=True)
    effective_from = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The second person, where nobody had judged the band.",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    moderated_decision = models.OneToOneField(
        BandDecision, null=True, on_delete=models.PROTECT, related_name="outcome"
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OutcomeKind.CHANGED)
                | (Q(band__isnull=False) & ~Q(reason_code="")),
                name="outcome_change_has_band_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("recorded_by")),
                name="outcome_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"

    @property
    def explanation(self) -> str:
        """What the school is told; there is always a sentence."""
        return self.reason or (UPHELD_WORDS if self.kind == OutcomeKind.UPHELD else "")


@audited
class Proposal(UuidModel):
    """A band that nobody judged, waiting for a second person to agree to it (M10)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="proposal")
    band = models.ForeignKey(Band, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=12, choices=ChangeReason)
    reason = models.TextField()
    effective_from = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.band} proposed"
