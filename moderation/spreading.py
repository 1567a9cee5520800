"""Spreading cases evenly over people who may judge them (M4). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Wanted:
    """A case and who may judge it: same quadrant, no conflict of interest."""

    case: UUID
    eligible: frozenset[UUID]


def spread_evenly(wanted: Iterable[Wanted], load: Mapping[UUID, int]) -> dict[UUID, UUID]:
    """Give each case to the eligible person with the fewest; returns case to person.

    Cases few people may judge go first, else the order given decides; between equals the lower
    id does. `load` is how many each has already. A case nobody may judge is left out.
    """
    carried: Counter[UUID] = Counter(load)
    given: dict[UUID, UUID] = {}
    for one in sorted(wanted, key=lambda w: len(w.eligible)):
        if not one.eligible:
            continue
        person = min(one.eligible, key=lambda pk: (carried[pk], pk))
        carried[person] += 1
        given[one.case] = person
    return given
