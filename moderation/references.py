"""How a blind case is named on screen (M4). Pure."""

import secrets
from collections.abc import Collection


def neutral_references(count: int, taken: Collection[str] = ()) -> list[str]:
    """That many different names like 7F3A, by chance alone, none of those taken.

    Not made from seed, hash or order: whoever holds the exported list could else find out which
    decision, and so which band, a blind case is about (M4).
    """
    digits = 4
    while 16**digits < (count + len(taken)) * 8:
        digits += 1
    chosen: set[str] = set()
    while len(chosen) < count:
        chosen.add(f"{secrets.randbelow(16**digits):0{digits}X}")
        chosen.difference_update(taken)
    return list(chosen)
