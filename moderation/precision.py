"""How precise a stratified sample is before anything is judged (M2). Pure."""

import math
from collections.abc import Sequence
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)


def half_width(
    strata: Sequence[tuple[int, int]], shares: Sequence[float] | None = None
) -> float | None:
    """Return half the width of the 95 % interval of a proportion, in 0 to 1.

    `strata` are pairs (N, n) of population and sample, `shares` what is expected in each, 0 to 1;
    without them one half, where an interval is widest. With W = N ÷ ΣN the variance of the
    stratified estimate is Σ W² · p(1 − p) ÷ n · (N − n) ÷ (N − 1), the last factor being the
    finite-population correction; a stratum seen whole adds nothing. The half-width is 1.96 (the
    normal 97.5 % point) times its root. None where it is not defined: no population, or a
    stratum without a sample.
    """
    expected = [0.5] * len(strata) if shares is None else shares
    occupied = [(*pair, share) for pair, share in zip(strata, expected, strict=True) if pair[0]]
    total = sum(size for size, _, _ in occupied)
    if not total or any(sample == 0 for _, sample, _ in occupied):
        return None
    variance = sum(
        (size / total) ** 2 * share * (1 - share) / sample * (size - sample) / (size - 1)
        for size, sample, share in occupied
        if sample < size
    )
    return Z_95 * math.sqrt(variance)
