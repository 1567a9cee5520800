"""Two records of one child made one, and taken apart again (rules.md S8)."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES
from schools.models.pupils import Pupil

if TYPE_CHECKING:
    from schools.models.people import User


class ToTheMicrosecond(DjangoJSONEncoder):
    """What is written back has to be what was there."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


class PupilMergeQuerySet(models.QuerySet["PupilMerge"]):
    def visible_to(self, user: "User") -> "PupilMergeQuerySet":
        """For those who see every pupil: a school must not learn of another's through one."""
        return self if user.roles & ALL_PUPIL_ROLES else self.none()


@audited_without("before", "after")
class PupilMerge(UuidModel):
    """One record merged into another. `before` and `after` are the rows of both, by model, as
    they were before and when it was done: taking it back writes the former while the latter hold.
    """

    kept = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="merges")
    dropped = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    dropped_words = models.CharField(max_length=300)
    reason = models.TextField()
    said = models.JSONField(default=list)
    before = models.JSONField(encoder=ToTheMicrosecond)
    after = models.JSONField(encoder=ToTheMicrosecond)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    objects = PupilMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("dropped")), name="merge_of_two_pupils"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(undone_at=None), name="merge_of_a_pupil_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dropped_words} merged into {self.kept}"
