"""Spreading cases evenly over people who may judge them (M4). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

FULL = Fraction(1)
"""What somebody of whom nothing is said can take on."""


@dataclass(frozen=True)
class Wanted:
    """A case and who may judge it: same quadrant, no conflict of interest."""

    case: UUID
    eligible: frozenset[UUID]


def spread_evenly(
    wanted: Iterable[Wanted],
    load: Mapping[UUID, int],
    capacity: Mapping[UUID, Fraction] | None = None,
) -> dict[UUID, UUID]:
    """Give each case to the eligible person who has the least for their capacity with it; returns
    case to person.

    Cases few people may judge go first, else the order given decides; between equals the lower
    id does. `load` is how many each has already, `capacity` what each can take on, 1 where it
    does not say. Who can take on nothing is given none. A case nobody may judge is left out.
    """
    carried: Counter[UUID] = Counter(load)
    can = capacity or {}
    given: dict[UUID, UUID] = {}

    def share(person: UUID) -> tuple[Fraction, UUID]:
        return (carried[person] + 1) / can.get(person, FULL), person

    for one in sorted(wanted, key=lambda w: len(w.eligible)):
        able = [pk for pk in one.eligible if can.get(pk, FULL) > 0]
        if not able:
            continue
        person = min(able, key=share)
        carried[person] += 1
        given[one.case] = person
    return given
