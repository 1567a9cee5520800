"""What a person may do with something now: one answer for its page and for its services.

For each noun one function, registered for its model with `@actions_for.register`, names the
actions that the person's roles open to them, and why one is not possible at the moment. A
page shows them with `{% actions %}`; a service asks `actions_for(row, by).require("accept")`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, singledispatch
from typing import Any

from banding_portal.refusals import RefusalError

Reasons = Sequence[str]
NOT_YOURS = "Your role does not let you do this."


@dataclass
class Action:
    """Something a person's roles let them do, in words, with its address."""

    name: str
    words: str
    url: str = ""
    primary: bool = False
    """The one next thing; the first possible primary action of a list is its green button."""
    posts: bool = False
    """Done by the button itself; else the address is a page that asks first."""
    warns: bool = False
    """Shown as a warning: what it does cannot be undone."""
    why_not: Reasons | Callable[[], Reasons] = ()
    """Sentences, or what works them out when they are wanted; empty when it is possible."""
    cannot: str = ""
    """The sentence before the reasons, like “You cannot submit this return yet.” Without it a
    page says nothing of an action that is not possible."""
    hidden: dict[str, str] = field(default_factory=dict)
    """Further values the button posts."""

    @cached_property
    def reasons(self) -> Reasons:
        return list(self.why_not() if callable(self.why_not) else self.why_not)

    @property
    def is_possible(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Button:
    """A possible action as a page shows it."""

    action: Action
    kind: str
    """Of the component `button`: empty for the one green button."""


class Actions:
    """The actions open to a person, in the order in which a page shows them."""

    def __init__(self, *actions: Action | None) -> None:
        self._by_name = {action.name: action for action in actions if action}

    def __iter__(self) -> Iterator[Action]:
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Action:
        """For templates: `can.accept` is empty where the person's roles do not open it."""
        return self._by_name[name]

    def get(self, name: str) -> Action | None:
        return self._by_name.get(name)

    def why_not(self, name: str) -> Reasons:
        """Every reason why this person cannot do it now; empty where they can."""
        action = self.get(name)
        return action.reasons if action else [NOT_YOURS]

    def may(self, name: str) -> bool:
        return not self.why_not(name)

    def require(self, name: str) -> None:
        """Raises RefusalError with every reason why it cannot be done by this person now."""
        if reasons := self.why_not(name):
            raise RefusalError(*reasons)

    def only(self, *names: str) -> "Actions":
        return Actions(*map(self.get, names))

    @property
    def primary(self) -> Action | None:
        return next((action for action in self if action.primary and action.is_possible), None)

    @property
    def buttons(self) -> list[Button]:
        """The possible ones; only the first primary one is green."""
        return [Button(action, self._kind(action)) for action in self if action.is_possible]

    def _kind(self, action: Action) -> str:
        if action.warns:
            return "warning"
        return "" if action is self.primary else "secondary"

    @property
    def impossible(self) -> list[Action]:
        """Those of which a page says why not."""
        return [action for action in self if action.cannot and action.reasons]


@singledispatch
def actions_for(row: Any, user: Any) -> Actions:
    """What `user` may do with `row` now. Each noun registers its own."""
    raise TypeError(f"Nobody has said what may be done with a {type(row).__name__}.")
