"""The texts as they are shown, and the facts under them."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.models import PublicText
from banding_portal.sign_in.browsers import KEPT_FOR
from banding_portal.words import counted, funding_word

HERE = Path(__file__).parent
HOUR, DAY = 60 * 60, 24 * 60 * 60
YEAR = 365
"""Days."""


@dataclass(frozen=True)
class Cookie:
    """A cookie the portal sets: its name, what for, and for how long."""

    name: str
    purpose: str
    kept: str


def text_of(kind: PublicTextKind) -> str:
    """The authority's own text, else the portal's."""
    own = PublicText.objects.filter(kind=kind).first()
    return own.text if own else default_text(kind)


def is_own(kind: PublicTextKind) -> bool:
    return PublicText.objects.filter(kind=kind).exists()


def default_text(kind: PublicTextKind) -> str:
    """What the portal comes with, under the authority's name, with the periods of its settings."""
    text = (HERE / "defaults" / f"{kind.value}.txt").read_text(encoding="utf-8")
    officer = settings.DATA_PROTECTION_OFFICER
    return text.format(
        authority=settings.LA_NAME,
        funding=funding_word(),
        files_kept=period(settings.FILES_KEPT_DAYS),
        queries_kept=period(settings.QUERIES_KEPT_DAYS),
        officer=f" ({officer})" if officer else "",
    ).strip()


def period(days: int) -> str:
    """“3 years” for 1095 days, “400 days” where it is no number of years."""
    years, rest = divmod(days, YEAR)
    return counted(days, "day") if rest else counted(years, "year")


@cache
def accessibility_results() -> dict[str, Any]:
    """What the last walk with axe over every page found (tests/browser/test_accessibility.py)."""
    file = HERE / "accessibility_results.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found | {"tested_on": dt.date.fromisoformat(found["tested_on"])}


def cookies() -> list[Cookie]:
    """Every cookie the portal sets; tests hold it against those it really sets."""
    hours = settings.SESSION_COOKIE_AGE // HOUR
    days = settings.CSRF_COOKIE_AGE // DAY
    return [
        Cookie(settings.SESSION_COOKIE_NAME, "Keeps you signed in", f"{hours} hours"),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Makes sure that what is sent in your name comes from a page of the portal",
            f"{days} days",
        ),
        Cookie(
            settings.PERSON_COOKIE_NAME,
            "Gives what you had typed back to you, and to nobody else, when you were signed out",
            "Until you close the browser",
        ),
        Cookie(
            settings.BROWSER_COOKIE_NAME,
            "Knows a browser you have signed in with, so that wrong passwords typed elsewhere do"
            " not lock you out",
            f"{KEPT_FOR.days} days",
        ),
    ]
