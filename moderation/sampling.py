"""Drawing a stratified sample anyone can repeat (M1, M2), and how precise it is."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from statistics import NormalDist
from uuid import UUID

Z_95 = NormalDist().inv_cdf(0.975)


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


def draw(
    population: Iterable[Decision], *, rate: Decimal, seed: str, minimum: int = 1
) -> list[DrawnDecision]:
    """Return the whole population, in order of stratum and hash, telling who is drawn (M2)."""
    strata: dict[Stratum, list[tuple[str, UUID]]] = defaultdict(list)
    for decision in population:
        strata[decision.stratum].append((sample_hash(seed, decision.uuid), decision.uuid))
    drawn = []
    for stratum, members in sorted(strata.items()):
        size = sample_size(len(members), rate, minimum)
        drawn += [
            DrawnDecision(uuid, stratum, digest, len(members), size, selected=place < size)
            for place, (digest, uuid) in enumerate(sorted(members))
        ]
    return drawn


def half_width(strata: Sequence[tuple[int, int]]) -> float | None:
    """Return half the width of the 95 % interval of a proportion of one half, in 0 to 1.

    `strata` are pairs (N, n) of population and sample. With W = N ÷ ΣN the variance of the
    stratified estimate is Σ W² · p(1 − p) ÷ n · (N − n) ÷ (N − 1) at p = ½, the last factor
    being the finite-population correction; a stratum seen whole adds nothing. The half-width is
    1.96 (the normal 97.5 % point) times its root. None where it is not defined: no population,
    or a stratum without a sample.
    """
    occupied = [(size, sample) for size, sample in strata if size]
    total = sum(size for size, _ in occupied)
    if not total or any(sample == 0 for _, sample in occupied):
        return None
    variance = sum(
        (size / total) ** 2 * 0.25 / sample * (size - sample) / (size - 1)
        for size, sample in occupied
        if sample < size
    )
    return Z_95 * math.sqrt(variance)
