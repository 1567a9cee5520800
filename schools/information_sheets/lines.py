"""Actions and dates to note, one a line as they are typed (rules.md R4). Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from banding_portal.files.dates import read_date
from banding_portal.words import day

LONGEST = 200


@dataclass(frozen=True)
class Line:
    """Something to do or to note, with its day where it has one."""

    text: str
    on: dt.date | None = None

    @property
    def typed(self) -> str:
        return f"{day(self.on)}: {self.text}" if self.on else self.text


class LineError(ValueError):
    """Raised with every line that cannot be, as sentences without a full stop."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_lines(text: str) -> list[Line]:
    """The lines of a text; one that begins with a figure begins with its date and a colon.

    Raises LineError naming every line that is wrong.
    """
    lines: list[Line] = []
    problems: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            lines.append(read_line(line))
        except ValueError as problem:
            problems.append(f"“{shortened(line)}”: {problem}")
    if problems:
        raise LineError(problems)
    return lines


def read_line(line: str) -> Line:
    on = None
    if line[0].isdigit():
        before, colon, rest = line.partition(":")
        if not colon:
            raise ValueError("put a colon after the date, as in “4 12 2026: Return due”")
        try:
            on = read_date(before.strip())
        except ValueError:
            raise ValueError(f"“{shortened(before)}” is not a real date, like 4 12 2026") from None
        line = rest.strip()
    if not line:
        raise ValueError("say what happens on that day")
    if len(line) > LONGEST:
        raise ValueError(f"this is longer than {LONGEST} characters")
    return Line(line, on)


def shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def typed_lines(lines: Iterable[Line]) -> str:
    """As they are typed, to be changed."""
    return "\n".join(line.typed for line in lines)
