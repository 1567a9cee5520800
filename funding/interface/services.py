"""Making and revoking tokens, and knowing one when it is shown (rules.md F20)."""

import datetime as dt

from django.utils import timezone

from banding_portal.actions import actions_for
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_ROLES
from banding_portal.verbs import verb
from banding_portal.words import day
from funding.choices import TokenState
from funding.interface.actions import actions_on_tokens
from funding.interface.models import AccessToken
from funding.interface.rules import hash_of, is_worth_noting, last_day, new_secret
from schools.models import User


@verb
def make_token(*, name: str, scope: str, expires_on: dt.date, by: User) -> tuple[AccessToken, str]:
    """A token of the person's own, and the secret, which nobody can be shown again.

    Raises RefusalError for a name that another of their tokens has, and for a day that has passed
    or is more than a year away.
    """
    actions_on_tokens(by).require("make")
    today = timezone.localdate()
    if not today <= expires_on <= last_day(today):
        raise RefusalError(
            f"A token can hold until {day(last_day(today))} at the latest, and not end in the "
            "past.",
            field="expires_on",
        )
    User.objects.select_for_update().get(pk=by.pk)  # two presses of the button make one token
    if AccessToken.objects.filter(owner=by, name=name, revoked_at=None).exists():
        raise RefusalError(
            f"You have a token called “{name}” already. Give this one another name, or revoke the "
            "other first.",
            field="name",
        )
    secret = new_secret()
    token = AccessToken.objects.create(
        name=name,
        owner=by,
        scope=scope,
        hashed=hash_of(secret),
        made_at=timezone.now(),
        expires_on=expires_on,
    )
    return token, secret


@verb
def revoke_token(*, token: AccessToken, by: User) -> AccessToken:
    """From now on it opens nothing. Raises RefusalError where it is revoked already."""
    locked = AccessToken.objects.select_for_update().get(pk=token.pk)
    actions_for(locked, by).require("revoke")
    locked.revoked_at, locked.revoked_by = timezone.now(), by
    locked.save(update_fields=["revoked_at", "revoked_by"])
    return locked


def token_shown(secret: str) -> AccessToken:
    """The token of a secret, which is noted as used. Raises RefusalError saying what is wrong."""
    tokens = AccessToken.objects.select_related("owner")
    token = tokens.filter(hashed=hash_of(secret)).first()
    if token is None:
        raise RefusalError("The portal knows no such token.")
    if token.state == TokenState.REVOKED:
        raise RefusalError("This token was revoked.")
    if token.state == TokenState.EXPIRED:
        raise RefusalError(f"This token expired: {day(token.expires_on)} was its last day.")
    if not token.owner.has_role(*FINANCE_ROLES):
        raise RefusalError("The owner of this token no longer works in finance.")
    now = timezone.now()
    if is_worth_noting(token.last_used_at, now):
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
