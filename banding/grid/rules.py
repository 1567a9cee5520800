"""What is typed or pasted into the cells of the grid, as codes and columns (rules.md B5). Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

BAND, REASON = "band", "reason"


class Was(NamedTuple):
    """What a row said when the page was made: the draft's version and its cells, shortened."""

    version: int | None
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.version or ''}.{self.fingerprint}"

    @classmethod
    def parse(cls, text: str) -> "Was":
        version, _, rest = text.partition(".")
        known = version.isascii() and version.isdigit() and len(version) < 9
        return cls(int(version) if known else None, rest)


def fingerprint(cells: Iterable[str]) -> str:
    text = "\x1f".join(" ".join(cell.split()) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def code_in(text: str, names: Mapping[str, str]) -> str | None:
    """The code somebody means by a code or a name, however written; None where it is neither.

    `names` are the names by code. What is blank is blank: not decided yet.
    """
    said = " ".join(text.split()).casefold()
    if not said:
        return ""
    for code, name in names.items():
        if said in (code.casefold(), name.casefold()):
            return code
    return None


def pasted_column(text: str) -> list[str]:
    """The cells of a column copied from a spreadsheet: a line each, the first cell of each."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [line.split("\t")[0].strip() for line in lines] if text.strip() else []


def listed(codes: Sequence[str]) -> str:
    """A, B or C."""
    return f"{', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else "".join(codes)
