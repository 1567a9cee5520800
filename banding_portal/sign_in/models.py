"""Who signed in, and who was refused: written once, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from banding_portal.sign_in.choices import SignInKind


class SignIn(models.Model):
    """One step at the door of the portal. `user` is nobody where the address is no account’s."""

    COLOURS: ClassVar = {
        SignInKind.WRONG_PASSWORD: "yellow",
        SignInKind.WRONG_CODE: "yellow",
        SignInKind.TOO_MANY: "red",
    }

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=16, choices=SignInKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.GenericIPAddressField(null=True, help_text="Of the computer, as we saw it.")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at"], name="sign_in_latest"),
            models.Index(fields=["user", "-at"], name="sign_in_of_person"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def colour(self) -> str:
        return self.COLOURS.get(self.kind, "grey")  # type: ignore[call-overload]
