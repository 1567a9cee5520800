"""Requests to change a band after the return was accepted (rules.md B14)."""

from collections.abc import Collection as Several
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.choices import CHANGE_REQUEST_MOVES, ChangeRequestState
from banding.decisions.models import BandDecision
from banding.frameworks.models import Band
from banding.returns.models import Return, ReturnPupil
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import School
from schools.selectors.successors import done_at, gone_on_at

if TYPE_CHECKING:
    from schools.models import User


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def visible_to(self, user: "User") -> "ChangeRequestQuerySet":
        """Of the returns the person sees, and what their schools go on with (S1)."""
        on_return = Q(return_pupil__pupil_return__in=Return.objects.visible_to(user))
        own = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        return self.filter(on_return | of_schools(own))

    def of_row(self, row: ReturnPupil) -> "ChangeRequestQuerySet":
        """Asked by the school of the row about its pupil, on whichever return."""
        under = row.pupil_return.collection.framework_id
        about = self.filter(return_pupil__pupil=row.pupil_id).filter(
            of_schools([row.pupil_return.school_id])
        )
        return about.filter(return_pupil__pupil_return__collection__framework=under)

    def waiting(self) -> "ChangeRequestQuerySet":
        return self.filter(state=ChangeRequestState.WAITING)


def of_schools(schools: Several[UUID]) -> Q:
    """Asked by these schools, or by closed ones that became them, about pupils there now."""
    path = "return_pupil__pupil_return__school"
    return done_at(schools, school=path, pupil="return_pupil__pupil")


@audited
class ChangeRequest(UuidModel, Stateful):
    """A school asks for another band from a day on. Until an officer agrees it changes nothing."""

    NOUN, MOVES = "A request", CHANGE_REQUEST_MOVES
    COLOURS = {
        ChangeRequestState.WAITING: "light-blue",
        ChangeRequestState.AGREED: "green",
        ChangeRequestState.REFUSED: "red",
    }

    return_pupil = models.ForeignKey(
        ReturnPupil, on_delete=models.PROTECT, related_name="change_requests"
    )
    band = models.ForeignKey(Band, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField(help_text="Codes of the levels chosen, by that of the area.")
    difference_reason = models.TextField(blank=True)
    reason = models.TextField(help_text="What has changed.")
    effective_from = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        max_length=10, choices=ChangeRequestState, default=ChangeRequestState.WAITING
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.OneToOneField(
        BandDecision,
        null=True,
        on_delete=models.PROTECT,
        related_name="asked_for_by",
        help_text="The decision that was made of it.",
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["return_pupil"],
                condition=Q(state=ChangeRequestState.WAITING),
                name="change_request_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeRequestState.AGREED) ^ Q(decision=None),
                name="change_request_agreed_has_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"Request to change the band of {self.return_pupil}"

    @property
    def holder(self) -> School:
        """The school that has it now: the one that asked, or what that became (S1)."""
        row = self.return_pupil
        return gone_on_at(row.pupil_return.school, row.pupil_id)

    def is_own(self, user: "User", roles: Several[str]) -> bool:
        """Whether the person has one of the roles at the school that asked, or goes on with it."""
        own = user.school_ids_as(*roles)
        return self.return_pupil.pupil_return.school_id in own or self.holder.pk in own
