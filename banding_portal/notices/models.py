"""Notices, one a person and thing that happened, and who wants no email of what."""

from django.conf import settings
from django.db import models

from banding_portal.mails.models import Sendable
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.mails import told_by_mail


class Notice(Sendable):
    """What one person is told. It names no pupil: the page it leads to does, to who may see it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=12, choices=NoticeKind)
    key = models.CharField(max_length=120, help_text="What it is about; told once a person.")
    title = models.CharField(max_length=300)
    school = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text="Of an email that says more than its title.")
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="notice_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def what_to_do(self) -> str:
        """What happened and what to do, as the email says it (R3: without anything of a pupil)."""
        return self.text or told_by_mail(self.kind)


class NoticeRefusal(models.Model):
    """A kind of email a person does without; the home page tells them all the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_refusal_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
