"""Tokens by which finance systems read published runs (rules.md F20)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from banding_portal.audit import audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from funding.choices import TokenScope, TokenState

if TYPE_CHECKING:
    from schools.models import User

COLOURS = {TokenState.IN_FORCE: "green", TokenState.REVOKED: "red"}


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def visible_to(self, user: "User") -> "AccessTokenQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


@audited_without("hashed", "last_used_at")
class AccessToken(UuidModel):
    """Opens what its scope says, as long as its owner works in finance; only a hash is kept."""

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_tokens"
    )
    scope = models.CharField(max_length=8, choices=TokenScope)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField(help_text="The last day on which it opens anything.")
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(revoked_at=None),
                name="access_token_of_one_name",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) ^ Q(revoked_by__isnull=False),
                name="access_token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        if self.revoked_at:
            return TokenState.REVOKED
        expired = self.expires_on < timezone.localdate()
        return TokenState.EXPIRED if expired else TokenState.IN_FORCE

    def get_state_display(self) -> str:
        return TokenState(self.state).label

    @property
    def state_colour(self) -> str:
        return COLOURS.get(TokenState(self.state), "grey")
