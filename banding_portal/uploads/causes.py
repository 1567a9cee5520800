"""Problems of a file gathered by their cause: one line with a count instead of thousands. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Problem = dict[str, Any]
"""An issue or warning as an upload keeps it."""
FEW = 5
"""So many of one cause still stand each on a line of its own."""
EXAMPLES = 3
LISTED = 200
"""More lines than this are told by their number; the list to download has all of them."""

_REST = re.compile(r"[.:] .*$", re.DOTALL)
_FIGURES = re.compile(r"\S*\d\S*")


@dataclass(frozen=True)
class Cause:
    """Problems that one and the same thing brings about, in the order of the file."""

    number: int
    problems: Sequence[Problem]
    collected: bool
    """Whether it stands on one line for all."""

    @property
    def first(self) -> Problem:
        return self.problems[0]

    @property
    def count(self) -> int:
        return len(self.problems)

    @property
    def message(self) -> str:
        """The sentence of all of them, or what the sentences have in common."""
        messages = {problem["message"] for problem in self.problems}
        return self.first["message"] if len(messages) == 1 else f"{core_of(self.first)}."

    @property
    def values(self) -> list[str]:
        """The first few different values that were given."""
        given = dict.fromkeys(str(problem.get("value") or "–") for problem in self.problems)
        return list(given)[:EXAMPLES]

    @property
    def more_values(self) -> int:
        return len({problem.get("value") for problem in self.problems}) - len(self.values)

    @property
    def rows(self) -> list[int]:
        return [problem["row"] for problem in self.problems if problem.get("row")][:EXAMPLES]

    @property
    def more_rows(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Causes:
    """Every cause of a file's problems, as many as a page may hold of them."""

    all: Sequence[Cause]

    @property
    def listed(self) -> Sequence[Cause]:
        return self.all[:LISTED]

    @property
    def more(self) -> int:
        return sum(cause.count for cause in self.all[LISTED:])

    @property
    def any_collected(self) -> bool:
        return any(cause.collected for cause in self.all) or bool(self.more)

    def numbered(self, number: str) -> Cause | None:
        return next((cause for cause in self.all if str(cause.number) == number), None)


def causes_of(problems: Iterable[Problem]) -> Causes:
    """In the order of the file, a cause at the place where it is met first."""
    told = list(problems)
    found: dict[Any, list[Problem]] = defaultdict(list)
    keys = [key_of(at, problem) for at, problem in enumerate(told)]
    for key, problem in zip(keys, told, strict=True):
        found[key].append(problem)
    groups: list[Sequence[Problem]] = []
    for key, problem in zip(keys, told, strict=True):
        if len(found[key]) <= FEW:
            groups.append([problem])
        elif found[key][0] is problem:
            groups.append(found[key])
    return Causes([Cause(n, group, len(group) > 1) for n, group in enumerate(groups, start=1)])


def key_of(at: int, problem: Problem) -> Any:
    """What is about the whole file has nothing in common with anything."""
    if not problem.get("row"):
        return at
    return (problem.get("heading"), core_of(problem), problem.get("allowed"))


def core_of(problem: Problem) -> str:
    """A sentence without what differs from row to row: its second half, and figures."""
    return _FIGURES.sub("…", _REST.sub("", problem["message"])).rstrip(".")
