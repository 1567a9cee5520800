"""Requests for provision no band secures (rules.md B11)."""

from collections.abc import Collection as Several
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from banding.choices import REQUEST_MOVES, RequestState
from banding.decisions.models import BandDecision
from banding.returns.models import Return, ReturnPupil
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import Pupil, School
from schools.selectors.successors import done_at, gone_on_at

if TYPE_CHECKING:
    from schools.models import User


class ExceptionalRequestQuerySet(models.QuerySet["ExceptionalRequest"]):
    def visible_to(self, user: "User") -> "ExceptionalRequestQuerySet":
        """Of the returns the person sees, and what their schools go on with (S1); of a decision
        alone, of the pupils they see.
        """
        on_return = Q(return_pupil__pupil_return__in=Return.objects.visible_to(user))
        if user.has_role(*ALL_PUPIL_ROLES):
            return self.filter(on_return | Q(return_pupil=None))
        return self.filter(on_return | of_schools(user.school_ids_as(*BANDING_SCHOOL_ROLES)))

    def of_pupils(self, pupils: Any) -> "ExceptionalRequestQuerySet":
        return self.filter(Q(return_pupil__pupil__in=pupils) | Q(decision__pupil__in=pupils))

    def of_schools(self, schools: Several[UUID]) -> "ExceptionalRequestQuerySet":
        """Asked by these schools, or by closed ones that became them, about pupils there now."""
        return self.filter(of_schools(schools))

    def waiting(self) -> "ExceptionalRequestQuerySet":
        return self.filter(state=RequestState.WAITING)


def of_schools(schools: Several[UUID]) -> Q:
    row = "return_pupil__pupil_return__school"
    on_return = done_at(schools, school=row, pupil="return_pupil__pupil")
    return on_return | done_at(schools, school="school", pupil="decision__pupil")


@audited
class ExceptionalRequest(UuidModel, Stateful):
    """A school says that no band secures the provision in a pupil's plan, and why.

    It asks of a pupil on a return, or of a decision about one who was on no return of its own.
    """

    NOUN, MOVES = "A request", REQUEST_MOVES
    COLOURS = {
        RequestState.WAITING: "light-blue",
        RequestState.AGREED: "green",
        RequestState.REFUSED: "red",
    }

    return_pupil = models.ForeignKey(
        ReturnPupil, null=True, on_delete=models.PROTECT, related_name="exceptional_requests"
    )
    decision = models.ForeignKey(
        BandDecision,
        null=True,
        on_delete=models.PROTECT,
        related_name="exceptional_requests",
        help_text="What it was asked of, where the pupil was on no return of the school.",
    )
    school = models.ForeignKey(
        School,
        null=True,
        on_delete=models.PROTECT,
        related_name="exceptional_requests",
        help_text="Who asked of the decision; else it is that of the return.",
    )
    reason = models.TextField(help_text="The provision in the plan that no band secures.")
    asked_amount = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, help_text="Pounds a year beside the band’s."
    )
    asked_from = models.DateField(null=True)
    renews = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="renewals"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    amount = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, help_text="Agreed, pounds a year."
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day; empty where none is agreed.")
    end_reason = models.TextField(blank=True)

    objects = ExceptionalRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["return_pupil"],
                condition=Q(state=RequestState.WAITING),
                name="exceptional_request_one_waiting",
            ),
            models.UniqueConstraint(
                fields=["decision", "school"],
                condition=Q(state=RequestState.WAITING),
                name="exceptional_request_one_waiting_of_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(return_pupil__isnull=False, decision=None, school=None)
                | Q(return_pupil=None, decision__isnull=False, school__isnull=False),
                name="exceptional_request_of_a_row_or_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.WAITING, RequestState.WITHDRAWN])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="exceptional_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.AGREED)
                | Q(amount__gt=0, starts_on__isnull=False, answered_by__isnull=False),
                name="exceptional_request_agreed_with_amount",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="exceptional_request_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="exceptional_request_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Exceptional request for {self.pupil}"

    @property
    def pupil(self) -> Pupil:
        return (self.return_pupil or self.decision).pupil  # type: ignore[union-attr]

    @property
    def asking_school(self) -> School:
        found = self.return_pupil.pupil_return.school if self.return_pupil else self.school
        assert found is not None  # noqa: S101 - a check of the database
        return found

    def is_own(self, user: "User", roles: Several[str]) -> bool:
        """Whether the person has one of the roles at the school that asked, or goes on with it."""
        own = user.school_ids_as(*roles)
        return self.asking_school.pk in own or self.holder.pk in own

    @property
    def holder(self) -> School:
        """The school that has it now: the one that asked, or what that became (S1)."""
        return gone_on_at(self.asking_school, self.pupil.pk)
