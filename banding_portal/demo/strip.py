"""Whom the demonstration’s strip signs a visitor in as, in words that a laptop has room for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from banding_portal.roles import Role


@dataclass(frozen=True)
class Guest:
    """An account of the demonstration: the beginning of its address, its role, and its button."""

    mailbox: str
    role: str
    words: str


DOMAIN = "demo.example"
NEW_SENCO, TRUST = "new-senco", "trust"
NAMED = frozenset({NEW_SENCO, TRUST})
"""Known by the account, for others have the same role."""
STRIP = (
    Guest("senco", Role.SENCO, "SENCO"),
    Guest(NEW_SENCO, Role.SENCO, "New SENCO"),
    Guest(TRUST, Role.SENCO, "Trust"),
    Guest("headteacher", Role.HEADTEACHER, "Headteacher"),
    Guest("school-finance", Role.SCHOOL_FINANCE, "School finance"),
    Guest("officer", Role.SEND_OFFICER, "Officer"),
    Guest("moderator", Role.MODERATOR, "Moderator"),
    Guest("lead", Role.MODERATION_LEAD, "Lead"),
    Guest("finance", Role.FINANCE_OFFICER, "Finance"),
    Guest("authoriser", Role.FINANCE_AUTHORISER, "Authoriser"),
    Guest("partner", Role.INCLUSION_PARTNER, "Partner"),
    Guest("administrator", Role.ADMINISTRATOR, "Administrator"),
    Guest("auditor", Role.AUDITOR, "Auditor"),
)


def strip_for(user: Any) -> list[tuple[Guest, bool]]:
    """Everybody of the strip, and whether it is who is signed in."""
    if user is None or not user.is_authenticated:
        return [(guest, False) for guest in STRIP]
    own = mailbox_of(user.email)
    return [
        (guest, guest.mailbox == own if own in NAMED else is_usual(guest, user.roles))
        for guest in STRIP
    ]


def is_usual(guest: Guest, roles: Collection[str]) -> bool:
    return guest.mailbox not in NAMED and guest.role in roles


def guests_with(roles: Collection[str]) -> list[Guest]:
    """Who of the strip has one of the roles: one a role."""
    return [guest for guest in STRIP if is_usual(guest, roles)]


def guest_at(address: str) -> Guest | None:
    """Who of the strip gets the mail of an address."""
    return next((guest for guest in STRIP if guest.mailbox == mailbox_of(address)), None)


def mailbox_of(address: str) -> str:
    mailbox, _, domain = address.partition("@")
    return mailbox if domain == DOMAIN else ""
