"""Panels, who sits on them, and the cases they decide (rules.md M5)."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.models import Band
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES, MODERATION_OVERSIGHT
from banding_portal.states import Stateful
from moderation.choices import (
    PANEL_CASE_MOVES,
    PANEL_CASE_OPEN,
    ChangeReason,
    OutcomeKind,
    PanelCaseState,
    PanelRoute,
)
from moderation.models.cases import Case
from schools.selectors.successors import done_at

if TYPE_CHECKING:
    from schools.models import User


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: "User") -> "PanelQuerySet":
        """All for the lead and auditors; for others those they are a member of."""
        if user.has_role(*MODERATION_OVERSIGHT):
            return self
        return self.filter(pk__in=PanelMember.objects.filter(person=user).values("panel"))


@audited
class Panel(UuidModel):
    """A meeting that decides cases for good."""

    meets_on = models.DateField()
    place = models.CharField(max_length=200, help_text="Where it meets, or how.")
    minutes = models.TextField(blank=True, help_text="Of the meeting as a whole.")
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    called_at = models.DateTimeField(auto_now_add=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["-meets_on", "-called_at"]

    def __str__(self) -> str:
        return f"Panel of {self.meets_on:%-d %B %Y}"


@audited
class PanelMember(UuidModel):
    """Somebody who sits on a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats"
    )

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="panel_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class PanelCaseQuerySet(models.QuerySet["PanelCase"]):
    def visible_to(self, user: "User") -> "PanelCaseQuerySet":
        """Those of the panels a person sees; the lead and auditors see those without one too."""
        if user.has_role(*MODERATION_OVERSIGHT):
            return self
        return self.filter(panel__in=Panel.objects.visible_to(user))

    def of_schools_of(self, user: "User") -> "PanelCaseQuerySet":
        """Challenges of the person's own schools, and of what these became (S1)."""
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        path = "case__decision__"
        own = done_at(schools, school=f"{path}school", pupil=f"{path}pupil")
        return self.filter(own, route=PanelRoute.CHALLENGED)

    def open(self) -> "PanelCaseQuerySet":
        return self.filter(state__in=PANEL_CASE_OPEN)


@audited
class PanelCase(UuidModel, Stateful):
    """A case that a panel is to decide: why, on which agenda, what it decided and the minutes.

    Of a challenge it keeps the outcome as it was.
    """

    NOUN, MOVES = "A case of the panel", PANEL_CASE_MOVES
    COLOURS: ClassVar = {
        PanelCaseState.WAITING: "yellow",
        PanelCaseState.AGENDA: "blue",
        PanelCaseState.DECIDED: "green",
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="panel_cases")
    route = models.CharField(max_length=12, choices=PanelRoute)
    state = models.CharField(max_length=10, choices=PanelCaseState, default=PanelCaseState.WAITING)
    grounds = models.TextField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField(auto_now_add=True)
    panel = models.ForeignKey(
        Panel, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda"
    )
    before_kind = models.CharField(
        max_length=10, choices=OutcomeKind, blank=True, help_text="Of the challenged outcome."
    )
    before_band = models.ForeignKey(Band, null=True, on_delete=models.PROTECT, related_name="+")
    before_reason = models.TextField(blank=True)
    before_from = models.DateField(null=True)
    band = models.ForeignKey(Band, null=True, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=12, choices=ChangeReason, blank=True)
    reason = models.TextField(blank=True, help_text="What the school is told.")
    effective_from = models.DateField(null=True)
    minutes = models.TextField(blank=True)
    took_part = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = PanelCaseQuerySet.as_manager()

    class Meta:
        ordering = ["put_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=sorted(PANEL_CASE_OPEN)),
                name="panel_case_one_open",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(route=PanelRoute.CHALLENGED),
                name="panel_case_challenged_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=PanelCaseState.DECIDED)
                | Q(
                    band__isnull=False,
                    decided_by__isnull=False,
                    panel__isnull=False,
                    effective_from__isnull=False,
                )
                & ~Q(minutes=""),
                name="panel_case_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=PanelCaseState.AGENDA) | Q(panel__isnull=False),
                name="panel_case_on_an_agenda_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_route_display()}"

    @property
    def is_challenge(self) -> bool:
        return self.route == PanelRoute.CHALLENGED
