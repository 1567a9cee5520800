"""What is typed and not saved, and which forms were sent. Not audited: nothing is decided here."""

from django.conf import settings
from django.db import models
from django.http import QueryDict

from banding_portal.kept_forms.typed import LONGEST, TAB


class KeptForm(models.Model):
    """What one person typed into the forms of one address, each input's values by its name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=LONGEST)
    typed = models.JSONField()
    typed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="kept_form_once")]

    def __str__(self) -> str:
        return f"Text typed at {self.path}"

    @property
    def tab(self) -> str:
        """Which tab of the browser it was typed in, where its script said so."""
        return next(iter(self.typed.get(TAB, ())), "")

    @property
    def data(self) -> QueryDict:
        """As it would have been sent."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data


class SentForm(models.Model):
    """That one person sent a form and it was taken, so that it is not taken twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    """Of its address and all that was filled in, which cannot be had from it."""
    led_to = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="form_sent_once")]

    def __str__(self) -> str:
        return f"Form sent at {self.sent_at}"
