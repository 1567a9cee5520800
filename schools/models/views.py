"""Who looked at a pupil: written once a look, never changed."""

from django.conf import settings
from django.db import models

from schools.models.pupils import Pupil


class PupilView(models.Model):
    """One person opened one pupil's page. It stays when the record of the pupil is removed."""

    pupil = models.ForeignKey(
        Pupil, on_delete=models.DO_NOTHING, db_constraint=False, related_name="views"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    viewed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-viewed_at"]
        indexes = [models.Index(fields=["pupil", "-viewed_at"], name="pupil_view_latest")]

    def __str__(self) -> str:
        return f"{self.user} at {self.viewed_at:%d %b %Y %H:%M}"
