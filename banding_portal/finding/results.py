"""What was found, by kind. Each app's `finding.find` gives it for a person and a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

FEW = 6
"""Rows of a kind that are shown; a list has the others."""


@dataclass(frozen=True)
class Found:
    """One row: its words, where it leads, and what tells it from others of the name."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more_url` is the list with all, where there are more."""

    heading: str
    rows: Sequence[Found]
    more_url: str = ""


def group_of(
    heading: str, rows: Iterable[Any], shown: Callable[[Any], Found], more_url: str = ""
) -> Iterator[Group]:
    """The first few of the rows, one more read to see whether there are others; or nothing."""
    read = list(islice(rows, FEW + 1))
    if read:
        yield Group(heading, list(map(shown, read[:FEW])), more_url if len(read) > FEW else "")


def without_kind(text: str, *kinds: str) -> str:
    """What is looked for, without the word of what it is: “case 6031” and “Pupil 6031” are 6031."""
    words = "|".join(kinds)
    return re.sub(rf"^\s*(?:{words})s?\b[\s:]*(?=\S)", "", text, flags=re.IGNORECASE)


def found_for(user: "_User", text: str) -> list[Group]:
    """What fits of all the person may see, by kind; no row whose page is closed to them."""
    sources = [import_string(path) for path in settings.FINDERS]
    return [group for find in sources for group in find(user, text)]


def only_row(groups: Sequence[Group]) -> Found | None:
    """The one thing that was found, where there is but one."""
    rows = [row for group in groups for row in group.rows]
    return rows[0] if len(rows) == 1 else None
