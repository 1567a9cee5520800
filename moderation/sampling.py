"""Drawing a stratified sample anyone can repeat (M1, M2)."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Stratum:
    """Quadrant × sector × band (M1)."""

    quadrant: str
    sector: str
    band: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the population with its stratum."""

    uuid: UUID
    stratum: Stratum


@dataclass(frozen=True, slots=True)
class DrawnDecision:
    """A decision with its place in the draw; every decision of the population has one."""

    uuid: UUID
    stratum: Stratum
    hash: str
    stratum_size: int
    stratum_sample: int
    selected: bool


Allot = Callable[[Mapping[Stratum, int]], Mapping[Stratum, int]]


def sample_size(population: int, rate: Decimal, minimum: int = 1) -> int:
    """Return min(N, max(minimum, round half up(rate × N))) for a stratum of N (M2).

    Raises ValueError for a rate outside 0 to 1 or a count below 0, TypeError for a float rate,
    whose halves would not round as they are written.
    """
    if not isinstance(rate, Decimal):
        raise TypeError("The rate is a Decimal, so that halves round as written.")
    if not (rate.is_finite() and 0 <= rate <= 1):
        raise ValueError("The rate must be between 0 and 1.")
    if population < 0 or minimum < 0:
        raise ValueError("A population and a minimum can’t be below 0.")
    # Exact whatever precision is set; the floor of x + ½ rounds half up, as x is never below 0.
    with localcontext() as context:
        context.prec = len(rate.as_tuple().digits) + len(str(population)) + 2
        context.rounding = ROUND_FLOOR
        rounded = int((rate * population + Decimal("0.5")).to_integral_value())
    return min(population, max(minimum, rounded))


def sample_hash(seed: str, decision: UUID) -> str:
    """Return sha256("{seed}:{decision uuid}") in hex; the UUID in lower case with hyphens (M2)."""
    return hashlib.sha256(f"{seed}:{decision}".encode()).hexdigest()


def draw(population: Iterable[Decision], *, seed: str, allot: Allot) -> list[DrawnDecision]:
    """Return the whole population, in order of stratum and hash, telling who is drawn (M2).

    `allot` gives each stratum its number of cases, told how many decisions each has.
    """
    strata: dict[Stratum, list[tuple[str, UUID]]] = defaultdict(list)
    for decision in population:
        strata[decision.stratum].append((sample_hash(seed, decision.uuid), decision.uuid))
    given = allot({stratum: len(strata[stratum]) for stratum in sorted(strata)})
    drawn = []
    for stratum, members in sorted(strata.items()):
        size = given[stratum]
        drawn += [
            DrawnDecision(uuid, stratum, digest, len(members), size, selected=place < size)
            for place, (digest, uuid) in enumerate(sorted(members))
        ]
    return drawn
