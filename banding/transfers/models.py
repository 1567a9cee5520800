"""The school that is named for a pupil who reaches the end of the present one."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.choices import TRANSFER_MOVES, NamedBy, TransferState
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: "User") -> "TransferQuerySet":
        """For the school that the pupil is at; the named one has `coming_to`."""
        if user.roles & ALL_PUPIL_ROLES:
            return self
        return self.filter(from_school__in=user.school_ids_as(*BANDING_SCHOOL_ROLES))

    def coming_to(self, user: "User") -> "TransferQuerySet":
        """Those for whom a school of the person's is named."""
        return self.filter(to_school__in=user.school_ids_as(*BANDING_SCHOOL_ROLES))

    def live(self) -> "TransferQuerySet":
        return self.exclude(state=TransferState.NOT_COMING)


@audited
class Transfer(UuidModel, Stateful):
    """The named school sees the child's name, date of birth and present school, to say whether
    it expects them; nothing of plan, need or band before the pupil is placed there (B6).
    """

    NOUN, MOVES = "A transfer", TRANSFER_MOVES
    COLOURS = {TransferState.ASKED: "light-blue", TransferState.COMING: "green"}

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="transfers")
    from_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="leaving")
    to_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="arriving")
    year = models.PositiveSmallIntegerField(help_text="The calendar year of that September.")
    named_by = models.CharField(max_length=6, choices=NamedBy)
    named_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.ASKED)
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pupil__surname", "pupil__forename"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "year"],
                condition=~Q(state=TransferState.NOT_COMING),
                name="transfer_to_one_school",
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.ASKED)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="transfer_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=TransferState.NOT_COMING) | ~Q(note=""),
                name="transfer_not_coming_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pupil)
