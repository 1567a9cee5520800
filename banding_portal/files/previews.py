"""What a file would change, as a person sees it before it is applied (rules.md T4, T7)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

NEW_LISTED = 50
CHANGES_LISTED = 200


@dataclass(frozen=True)
class Figure:
    """A count; `key` is what commands call it."""

    key: str
    label: str
    value: int
    only_some: bool = False
    """Left out on pages where it is nought."""
    is_effect: bool = False
    """Something is done, though nothing of it is listed as new or changed."""


@dataclass(frozen=True)
class New:
    """Something that is not there yet."""

    who: str
    what: str = ""


@dataclass(frozen=True)
class Change:
    """Something that is there, now and after: text, or a band as its tag wants it."""

    who: str
    what: str = ""
    old: Any = ""
    new: Any = ""
    note: str = ""
    last: Any = ""
    """What there was before all this, to compare with."""
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    """What the new value rests on: what was asked, the answer, and the answer before."""
    until_now: str = ""
    """Of those answers what the portal has until it is applied, where that is otherwise."""


@dataclass
class Preview:
    """Every kind of file fills this, and the pages and commands show it."""

    figures: Sequence[Figure] = ()
    new: list[New] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: Sequence[str] = ()
    ignored: Sequence[str] = ()
    """Headings of columns that were not read."""
    rests_on: Any = None
    """What must still be so when it is applied, though nobody sees it."""
    new_listed: int = NEW_LISTED
    changes_listed: int = CHANGES_LISTED
    more: dict[str, Any] = field(default_factory=dict)
    """What only the pages of one kind show."""

    @property
    def is_empty(self) -> bool:
        """Whether applying it would do nothing."""
        effects = any(figure.value for figure in self.figures if figure.is_effect)
        return not (self.new or self.changes or effects)

    def as_dict(self) -> dict[str, Any]:
        """For the upload's row; the digest stands for all that is not listed."""
        return {
            "counts": {figure.key: figure.value for figure in self.figures},
            "figures": [
                {"label": one.label, "value": one.value}
                for one in self.figures
                if one.value or not one.only_some
            ],
            "new": [vars(one) for one in self.new[: self.new_listed]],
            "new_more": max(len(self.new) - self.new_listed, 0),
            "changes": [vars(one) for one in self.changes[: self.changes_listed]],
            "changes_more": max(len(self.changes) - self.changes_listed, 0),
            "notes": list(self.notes),
            "ignored": list(self.ignored),
            "is_empty": self.is_empty,
            "digest": digest_of([self.new, self.changes, self.rests_on]),
            **self.more,
        }


def digest_of(seen: Any) -> str:
    text = json.dumps(seen, cls=PreviewEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class PreviewEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return vars(o) if isinstance(o, New | Change) else super().default(o)
