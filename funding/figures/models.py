"""Editions of the figures, each as it was made: nothing is counted again when it is read."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from banding_portal.states import Stateful
from funding.choices import FIGURES_MOVES, FiguresState

if TYPE_CHECKING:
    from schools.models import User


class FiguresQuerySet(models.QuerySet["FiguresEdition"]):
    def visible_to(self, user: "User") -> "FiguresQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()

    def public(self) -> "FiguresEdition | None":
        """The one that everybody may read now, if any."""
        return self.filter(state=FiguresState.PUBLIC).first()


@audited
class FiguresEdition(UuidModel, Stateful):
    """Figures of one moment. Public until another takes its place or somebody ends it."""

    NOUN, MOVES = "An edition", FIGURES_MOVES
    COLOURS = {FiguresState.PUBLIC: "green"}

    state = models.CharField(max_length=10, choices=FiguresState, default=FiguresState.DRAFT)
    introduction = models.TextField(help_text="Process and dates, in the authority’s own words.")
    content = models.JSONField(help_text="What everybody may read; small numbers are not in it.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=FiguresState.PUBLIC), name="figures_one_public"
            )
        ]

    def __str__(self) -> str:
        return f"Figures of {timezone.localdate(self.made_at):%d/%m/%Y}"
