"""Details of a pupil that a school says are wrong."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from banding.choices import DETAIL_MOVES, DetailState
from banding.details.rules import DETAILS, Differing, as_kept, differing
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.states import Stateful
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class DetailCorrectionQuerySet(models.QuerySet["DetailCorrection"]):
    def visible_to(self, user: "User") -> "DetailCorrectionQuerySet":
        if user.roles & ALL_PUPIL_ROLES:
            return self
        return self.filter(school__in=user.school_ids_as(*BANDING_SCHOOL_ROLES))

    def waiting(self) -> "DetailCorrectionQuerySet":
        return self.filter(state=DetailState.WAITING)


@audited
class DetailCorrection(UuidModel, Stateful):
    """A school's name, birth date or UPN for a pupil, where the portal has another. Until an
    officer accepts it the portal keeps what it has.
    """

    NOUN, MOVES = "A correction", DETAIL_MOVES
    COLOURS = {
        DetailState.WAITING: "light-blue",
        DetailState.ACCEPTED: "green",
        DetailState.REFUSED: "red",
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="detail_corrections")
    had = models.JSONField(help_text="What the portal had, by field, as text.")
    says = models.JSONField(help_text="What the school says, by field, as text.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=DetailState, default=DetailState.WAITING)
    note = models.TextField(blank=True)

    objects = DetailCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"],
                condition=Q(state=DetailState.WAITING),
                name="details_wait_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pupil)

    @property
    def display_name(self) -> str:
        return self.pupil.display_name

    @property
    def what(self) -> str:
        """The headings of what is wrong."""
        return ", ".join(DETAILS[key] for key in DETAILS if key in self.says)

    @property
    def differing(self) -> Differing:
        """While it waits, beside what the portal has today; then, beside what it had."""
        if self.state != DetailState.WAITING:
            return differing(self.had, self.says)
        return differing({key: as_kept(getattr(self.pupil, key)) for key in DETAILS}, self.says)
