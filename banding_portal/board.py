"""What the authority tells a person on their home page, as the apps give it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """Something to read. `is_new` until the person has said that they have read it."""

    title: str
    url: str
    hint: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class DateToNote:
    """A day still to come, and what it is about."""

    on: dt.date
    text: str


@dataclass(frozen=True)
class Board:
    """What home shows; without anything to tell it shows no more than the links."""

    told: Sequence[Told] = ()
    dates: Sequence[DateToNote] = ()
    links: Sequence[tuple[str, str]] = field(default=())
    """Words and address of what a person may open from there."""
