"""Leavers: pupils a school says have left it, told out of a return."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.choices import LEAVER_MOVES, LEAVER_WORDS, LeaverState
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class LeaverQuerySet(models.QuerySet["Leaver"]):
    def visible_to(self, user: "User") -> "LeaverQuerySet":
        if user.roles & ALL_PUPIL_ROLES:
            return self
        return self.filter(school__in=user.school_ids_as(*BANDING_SCHOOL_ROLES))

    def waiting(self) -> "LeaverQuerySet":
        return self.filter(state=LeaverState.WAITING)


@audited
class Leaver(UuidModel, Stateful):
    """A pupil a school says has left, or will. Until an officer accepts it, it is what the
    school says: no placement ends and no money changes (B12).
    """

    NOUN, MOVES = "A leaver", LEAVER_MOVES
    COLOURS = {
        LeaverState.WAITING: "light-blue",
        LeaverState.ACCEPTED: "green",
        LeaverState.REFUSED: "red",
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="leavers")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="leavers")
    left_on = models.DateField(help_text="The last day at the school.")
    destination = models.CharField(
        max_length=200, blank=True, help_text="Where the pupil went, if the school knows."
    )
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=LeaverState, default=LeaverState.WAITING)
    note = models.TextField(blank=True)
    replaced = models.JSONField(
        default=dict,
        editable=False,
        help_text="By row the answers of open returns that it replaced; undone, they are back.",
    )

    objects = LeaverQuerySet.as_manager()

    class Meta:
        ordering = ["told_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"],
                condition=Q(state=LeaverState.WAITING),
                name="leaver_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pupil)

    @property
    def officers_words(self) -> str:
        """Its state as an officer reads it."""
        return LEAVER_WORDS[self.state]

    @property
    def display_name(self) -> str:
        return self.pupil.display_name
