"""A code of an authenticator app is good once (RFC 6238, section 5.2).

django-allauth remembers a used code for half a minute, but with a step of tolerance either way a
code is good for a minute and a half, and a cache may lose it. Here the step of the last code is
kept beside the secret; neither that code nor an earlier one is taken again.
"""

from typing import TYPE_CHECKING, Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.dispatch import receiver
from django.forms import ValidationError
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.forms import Form as _Form
else:
    _Form = object

USED = "This code has been used already. Wait until the app shows the next one."
LAST_STEP = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The step of time, in half minutes since 1970, whose code this is; None where it is wrong."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def use_up(app: Authenticator, code: str) -> None:
    """Raises ValidationError where this code or a later one has been used. The row is locked."""
    step = step_of(decrypt(app.data["secret"]), code)
    if step is None:
        return
    if step <= app.data.get(LAST_STEP, -1):
        raise ValidationError(USED)
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])


class CodeGoodOnce(_Form):
    """For forms that ask for a code. Of two requests with one code the second waits, and fails."""

    user: Any

    @transaction.atomic
    def clean_code(self) -> str:
        apps = Authenticator.objects.select_for_update().filter(
            user=self.user, type=Authenticator.Type.TOTP
        )
        for app in apps:
            use_up(app, self.cleaned_data["code"])
        return super().clean_code()  # type: ignore[misc]


@receiver(authenticator_added)
def use_up_the_first(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """The code that set the app up is used with that."""
    if authenticator.type == Authenticator.Type.TOTP:
        use_up(authenticator, request.POST["code"])
