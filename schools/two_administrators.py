"""What one administrator cannot do alone (S16). Pure.

Who pays, agrees to payments, audits or administers is decided by two, and neither of them is the
person. Nobody gets hold of the account of such a person by a new address and a lost phone at once.
"""

import datetime as dt
from collections.abc import Collection, Hashable

from banding_portal.roles import GIVEN_BY_TWO

OWN = "You cannot ask for a role for yourself. Ask another administrator."
START_ANEW = (
    "Whoever has lost both gets a new account, with roles that another administrator agrees to."
)


def why_not_ask(*, by: Hashable, person: Hashable) -> list[str]:
    return [OWN] if by == person else []


def why_not_agree(
    *, asked_by: Hashable, person: Hashable, by: Hashable, address_waits: bool
) -> list[str]:
    """Sentences why `by` cannot agree that the person gets the role `asked_by` asked for."""
    if by == asked_by:
        return ["You asked for this role yourself. Another administrator has to agree."]
    if by == person:
        return ["This role is for you. Another administrator has to agree."]
    if address_waits:
        return ["A new email address of this person is not confirmed yet. Agree once it is."]
    return []


def why_not_reset(
    roles: Collection[str],
    *,
    address_waits: bool,
    address_changed: dt.datetime | None,
    signed_in: dt.datetime | None,
) -> list[str]:
    """A new address has to be signed in with before the second factor is reset."""
    if not GIVEN_BY_TWO.intersection(roles):
        return []
    unproven = address_changed and (signed_in is None or signed_in <= address_changed)
    if not address_waits and not unproven:
        return []
    return [
        "The email address was changed, and the person has not signed in with the new one. "
        + START_ANEW
    ]


def why_not_move(roles: Collection[str], *, has_second_factor: bool) -> list[str]:
    """Without a second factor the address alone opens the account."""
    if has_second_factor or not GIVEN_BY_TWO.intersection(roles):
        return []
    return [
        "The address of somebody with this role is not changed while they have no second factor. "
        + START_ANEW
    ]
