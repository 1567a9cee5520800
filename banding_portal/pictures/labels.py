"""Labels beside bars: what is too long for one line is written on two. Pure."""

from textwrap import wrap
from typing import NamedTuple

LINE = 16
"""From one line to the next."""
LETTER = 8
"""As wide as a letter is, rather too wide than too narrow."""
MOST = 2


class LabelLine(NamedTuple):
    text: str
    y: float


def label_lines(label: str, base: float, room: int) -> list[LabelLine]:
    """Lines of a label around the base line of a single one; what even two do not hold ends in …"""
    parts = wrap(label, room // LETTER, max_lines=MOST, placeholder=" …") or [""]
    top = base - LINE * (len(parts) - 1) / 2
    return [LabelLine(part, top + LINE * place) for place, part in enumerate(parts)]
