"""States and the moves between them, for everything that has a state.

A model names its table of moves and the colour of each state's tag; nothing sets a state but
`move` and `move_all`, which check the table and tell the audit trail who did it.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, TypeVar

import pghistory
from django.db import models

from banding_portal.refusals import RefusalError

Moves = Mapping[str, frozenset[str]]
M = TypeVar("M", bound="Stateful")


class IllegalMoveError(RefusalError):
    """Raised when something is asked for a move its state does not allow."""


class Stateful(models.Model):
    """Has a `state`. Move a row only while it is locked, so that what is checked still holds."""

    NOUN: ClassVar[str]
    """What it is called in a refusal, like “A return”."""
    MOVES: ClassVar[Moves]
    """From each state the states it may become; a state without an entry is final."""
    COLOURS: ClassVar[Mapping[str, str]] = {}
    """The colour of a state's tag; grey where none is named. Never colour alone."""

    state: Any

    class Meta:
        abstract = True

    @property
    def state_colour(self) -> str:
        return self.COLOURS.get(self.state, "grey")

    def may_become(self, state: str) -> bool:
        return state in self.MOVES.get(self.state, frozenset())

    def move(self, state: str, *, by: Any, **changes: Any) -> None:
        """Save another state, with the changes that belong to it.

        `by` is the person, None for the portal itself. Raises IllegalMoveError.
        """
        self.check_move(state)
        for name, value in {"state": state, **changes}.items():
            setattr(self, name, value)
        touched = [field.name for field in self._meta.fields if getattr(field, "auto_now", False)]
        written: Any = ["state", *changes, *touched]
        with acting(by):
            self.save(update_fields=written)

    def check_move(self, state: str) -> None:
        """Raises IllegalMoveError where the table does not have the move."""
        if not self.may_become(state):
            raise IllegalMoveError(self.refusal_of(state))

    def refusal_of(self, state: str) -> str:
        """The sentence for a move the table does not have."""
        labels = next(dict(f.flatchoices) for f in self._meta.fields if f.name == "state")
        return f"{self.NOUN} that is “{labels[self.state]}” cannot become “{labels[state]}”."


def move_all(rows: Iterable[M], state: str, *, by: Any, **changes: Any) -> int:
    """Move locked rows of one model in one statement; returns how many. Raises IllegalMoveError."""
    moving = list(rows)
    for row in moving:
        row.check_move(state)
    if not moving:
        return 0
    found = type(moving[0])._base_manager.filter(pk__in=[row.pk for row in moving])
    written = {"state": state, **changes}
    with acting(by):
        count = found.update(**written)
    for row in moving:
        for name, value in written.items():
            setattr(row, name, value)
    return count


def acting(by: Any) -> AbstractContextManager[Any]:
    """What is written meanwhile stands in the audit trail under this person's name."""
    return pghistory.context(user=str(by.pk)) if by is not None else nullcontext()
