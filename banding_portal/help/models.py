"""Who has put the first-use tour away."""

from django.conf import settings
from django.db import models


class TourPutAway(models.Model):
    """One a person; nobody decides anything in it, so the audit trail leaves it out."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    put_away_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user)
