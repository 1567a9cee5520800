"""What a person may do with tokens of finance systems now (rules.md F20)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import FINANCE_ROLES
from funding.choices import TokenState
from funding.interface.models import AccessToken
from schools.models import User

REVOKED = "This token is revoked already."


def actions_on_tokens(user: User) -> Actions:
    """Whoever works in finance makes tokens of their own."""
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    return Actions(Action("make", "Make a token", reverse("funding:token_make"), primary=True))


@actions_for.register
def token_actions(token: AccessToken, user: User) -> Actions:
    """Everybody in finance may revoke any token: whose it is may be away."""
    if not user.has_role(*FINANCE_ROLES):
        return Actions()
    reasons = [REVOKED] if token.state == TokenState.REVOKED else []
    url = reverse("funding:token_revoke", args=[token.pk])
    return Actions(Action("revoke", "Revoke", url, warns=True, why_not=reasons))
