"""How things stand, as each app tells it in figures for a person; the home page shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SchoolRow:
    """One school of somebody who looks after many; without an address it has no return."""

    name: str
    collection: str
    url: str
    state: str
    state_words: str
    done: int = 0
    total: int = 0
    is_untold: bool = False
    """Whether nothing is asked of it by name, and it has told nothing yet (B10)."""
    due: dt.date | None = None
    is_late: bool = False
    contacts: Sequence[Any] = ()
    """Whom to call: each with `name`, `email` and `telephone`."""

    @property
    def school(self) -> str:
        """As a list of returns has it."""
        return self.name


@dataclass(frozen=True)
class Standing:
    """A few figures about one thing, with a picture where it helps. Names no pupil."""

    title: str
    url: str
    action: str
    """Words of the link, like “See the collection”."""
    figures: Sequence[tuple[str, str]]
    chart: Sequence[dict[str, object]] = ()
    """Rows of bars, which the picture's table has in words; for a single one it is left out."""
    head: str = "What"
    figure_head: str = "Figure"
    done: int = 0
    total: int = 0
    """What a bar shows, where there is anything to do."""
    noun: str = "done"
    schools: Sequence[SchoolRow] = ()
    calls: bool = False
    """Whether it says whom to call at each of the schools."""
    schools_title: str = ""
    facts: Sequence[tuple[str, str]] = ()
    """Lines of words, like a person and what is true of them."""
