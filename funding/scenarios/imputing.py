"""What pupils who are not banded yet would cost: as much as pupils like them (rules.md F14). Pure.

Alike are pupils of one sector, need and phase; where fewer than LEAST of those are banded, of one
sector and need; then of one sector; then all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload, Prices, State, amount_of, lines_of

LEAST = 5
Kind = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Banded pupils of a kind: days paid by annual value in pence, and how many pupils."""

    days: dict[int, int]
    pupils: int

    @property
    def average(self) -> Fraction:
        whole = sum(self.days.values())
        return Fraction(sum(value * days for value, days in self.days.items()), whole)

    @property
    def variance(self) -> Fraction:
        """Of one pupil's annual value, in pence squared."""
        whole, middle = sum(self.days.values()), self.average
        return sum(((v - middle) ** 2 * days for v, days in self.days.items()), Fraction(0)) / whole


@dataclass(frozen=True, slots=True)
class Imputed:
    """Days of somebody without a band, the pupils they are priced like, and pence for them."""

    state: State
    alike: Alike
    amount: int


def kinds_of(caseload: Caseload, state: State) -> Iterator[Kind]:
    """What a pupil is like, the nearest first."""
    need, phase = caseload.pupils[state.pupil].need, caseload.schools[state.school].phase
    yield state.sector, need, phase
    yield state.sector, need
    yield (state.sector,)
    yield ()


def alike_in(caseload: Caseload, prices: Prices) -> dict[Kind, Alike]:
    """Of every kind the pupils with a plan and a valued band."""
    days: dict[Kind, dict[int, int]] = {}
    pupils: dict[Kind, set[int]] = {}
    for line in lines_of(caseload, prices):
        state = caseload.states[line.state]
        if not state.own or line.annual is None:
            continue
        for kind in kinds_of(caseload, state):
            found = days.setdefault(kind, {})
            found[line.annual] = found.get(line.annual, 0) + line.end - line.start + 1
            pupils.setdefault(kind, set()).add(state.pupil)
    return {kind: Alike(found, len(pupils[kind])) for kind, found in days.items()}


def imputed(caseload: Caseload, prices: Prices) -> list[Imputed]:
    """What each stretch of days without a band comes to; nothing where nobody is banded."""
    own = [state for state in caseload.unbanded if state.own]
    known = alike_in(caseload, prices) if own else {}
    found = []
    for state in own:
        alike = nearest(known, list(kinds_of(caseload, state)))
        if alike is not None:
            annual = int(round_half_up(alike.average, 0))
            amount = amount_of(caseload, state, annual, state.start, state.end)
            found.append(Imputed(state, alike, amount))
    return found


def nearest(known: dict[Kind, Alike], kinds: Sequence[Kind]) -> Alike | None:
    there = [known[kind] for kind in kinds if kind in known]
    enough = [alike for alike in there if alike.pupils >= LEAST]
    return next(iter(enough), there[-1] if there else None)


def unbanded_pupils(caseload: Caseload) -> int:
    return len({state.pupil for state in caseload.unbanded if state.own})
