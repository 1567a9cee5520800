"""Tokens: what they look like, what is kept of them, how long they hold (F20). Pure."""

import datetime as dt
import hashlib
import secrets

from funding.choices import TokenScope

BEGINS = "bpt_"
"""By which a scan of somebody's files knows a token of this portal."""
LONGEST = 366
"""Days for which a token holds at most."""
NOTED_EVERY = dt.timedelta(minutes=1)
"""How often at most it is written down that a token was used."""
NEEDED: dict[str, frozenset[str]] = {
    TokenScope.TOTALS: frozenset(TokenScope),
    TokenScope.LINES: frozenset({TokenScope.LINES, TokenScope.UPNS}),
    TokenScope.UPNS: frozenset({TokenScope.UPNS}),
}
"""What each part of the interface asks for, and the scopes that hold it."""


def new_secret() -> str:
    """256 bits by chance, in letters that go into a header."""
    return BEGINS + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept. So long a secret by chance needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def last_day(today: dt.date) -> dt.date:
    """The last on which a token made today may hold."""
    return today + dt.timedelta(days=LONGEST)


def allows(scope: str, needed: TokenScope) -> bool:
    return scope in NEEDED[needed]


def is_worth_noting(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the last use on record is old enough to write a new one."""
    return last is None or now - last >= NOTED_EVERY
