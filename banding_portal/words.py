"""How dates, money and numbers are written, on pages, in messages and in mail."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

NOTHING = "–"
MINUS = "−"
UNBROKEN = "\u2060"
"""Keeps a plus sign on the line of its amount; nobody sees or hears it."""
PENNY = Decimal("0.01")
CLAUSE = re.compile(r"(why|what|how|who|whom|when|where|which|whether)\b")
"""How a label begins that is no noun: one says why, and enters a name."""
HAS_ARTICLE = re.compile(r"(the|a|an|your|this|that|all|both|each|it)\b")
ABBREVIATIONS = {"la", "ukprn", "upn", "urn"}


def local_date(value: date | datetime) -> date:
    """The day it is here: a datetime is first moved to the portal's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None) -> str:
    """5 November 2026"""
    return date_format(local_date(value), "j F Y") if value else NOTHING


def short_day(value: date | datetime | None) -> str:
    """5 Nov 2026, for tables"""
    return date_format(local_date(value), "j M Y") if value else NOTHING


def day_time(value: datetime | None) -> str:
    """5 Nov 2026, 2:02pm"""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    half = "am" if local.hour < 12 else "pm"
    return f"{date_format(local, 'j M Y')}, {local.hour % 12 or 12}:{local:%M}{half}"


def clock_time(value: datetime) -> str:
    """2:02pm"""
    return day_time(value).rpartition(", ")[2]


def left_words(value: date, today: date | None = None) -> str:
    """Left 31 Jul 2026, Leaving 31 Jul 2027: by today’s date"""
    gone = local_date(value) <= (today or timezone.localdate())
    return f"{'Left' if gone else 'Leaving'} {short_day(value)}"


def due_words(value: date | datetime | None, today: date | None = None) -> str:
    """in 8 days, tomorrow, today, yesterday, 3 days ago"""
    if not value:
        return NOTHING
    days = (local_date(value) - (today or timezone.localdate())).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def money(value: Decimal | int | None, when_none: str = NOTHING) -> str:
    """£1,234.50, −£5.00; `when_none` where there is no amount. Pounds in, two decimals out."""
    if value is None or value == "":
        return when_none
    amount = Decimal(value).quantize(PENNY, ROUND_HALF_UP)
    return f"{MINUS if amount < 0 else ''}£{abs(amount):,.2f}"


def signed_money(value: Decimal | int | None) -> str:
    """+£92,110.00, −£5.00 or £0.00"""
    return f"+{UNBROKEN}{money(value)}" if value is not None and value > 0 else money(value)


def round_money(value: Decimal | int | None) -> str:
    """£1,235,000, −£5,000 or –: an amount that was rounded to pounds or more."""
    return NOTHING if value is None else money(value).removesuffix(".00")


def number(value: int | Decimal | float | None) -> str:
    """2,261"""
    return NOTHING if value is None or value == "" else f"{value:,}".replace("-", MINUS)


def counted(count: int, noun: str) -> str:
    """1 line, 2,261 lines"""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def in_a_row(words: Iterable[str]) -> str:
    """Ada Lovelace, Amira Khan and Finn Lowe"""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def percent(share: Decimal | Fraction | float | None, decimals: int | None = 1) -> str:
    """3.4% of the share 0.034; with None as many decimals as it has: 12.5%, 10%"""
    if share is None or share == "":
        return NOTHING
    if isinstance(share, Fraction):
        share = Decimal(share.numerator) / share.denominator
    hundredths = Decimal(str(share)) * 100
    text = f"{float(hundredths):g}" if decimals is None else f"{hundredths:.{decimals}f}"
    return f"{text}%".replace("-", MINUS)


def signed_percent(share: Decimal | Fraction | float | None) -> str:
    """+3.4%, −3.4% or 0.0%"""
    return f"+{percent(share)}" if share is not None and share > 0 else percent(share)


def lower_first(text: str) -> str:
    """A label inside a sentence: the first letter small, but UPN stays UPN."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def funding_word(capital: bool = False) -> str:
    """What the authority calls what a band adds: top-up, Element 3 (the setting FUNDING_WORD)."""
    word = str(settings.FUNDING_WORD)
    return upper_first(word) if capital else word


def in_own_words(text: str) -> str:
    """A text of the portal, with the authority's word for the money where it is marked."""
    return text.replace("{funding}", funding_word()).replace("{Funding}", funding_word(True))


def noun_phrase(label: str) -> str:
    """A label as a sentence takes it up: “the surname”, “the UPN”, “why it is another child”."""
    words = lower_first(label)
    return words if CLAUSE.match(words) or HAS_ARTICLE.match(words) else f"the {words}"


def upper_first(text: str) -> str:
    """The start of a sentence; capitals after it stay."""
    return text[:1].upper() + text[1:]


def field_words(name: str) -> str:
    """A field as people call it: year_group is Year group, la_code LA code."""
    words = name.replace("_", " ").split()
    text = " ".join(word.upper() if word in ABBREVIATIONS else word for word in words)
    return text[:1].upper() + text[1:]
