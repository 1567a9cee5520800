"""The cost of a scenario as a range: many years drawn at random (rules.md F14). Pure.

Everything is pounds in floating point: a range is no amount anybody is paid. numpy is read in when
it is needed. The same seed gives the same draws.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 10_000
YEARS = 3
TWO_SIDED = 1.959964
"""How many standard deviations on each side hold 95%."""
SHARES = (2.5, 25.0, 50.0, 75.0, 97.5)


class Growing(NamedTuple):
    """How the number of pupils grows in per cent a year: 95% of what is expected lies between."""

    least: float
    most: float


class Coming(NamedTuple):
    """Pupils of a kind who come and go: on average so many a month, each costing `annual` pounds;
    `months` are the pounds that one who comes in each month of a year costs in it.
    """

    joiners: int
    leavers: int
    annual: float
    months: Sequence[float]


class Found(NamedTuple):
    """A judged case: the decisions it stands for, the pounds a year its band changed by, and how
    much of the first year its sector is paid by the values.
    """

    weight: float
    pounds: float
    first_year: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is certain of each year, and what is not, in pounds."""

    certain: Sequence[float]
    """Of each year: with the pupils there are, nobody more or fewer."""
    per_cent: float
    """What each per cent of growth costs in the first year."""
    growing: Growing
    coming: Sequence[Coming] = ()
    unbanded: tuple[float, float] = (0.0, 0.0)
    """Mean of the first year, and its standard deviation."""
    unbanded_years: float = 1.0
    """How many times as much a later year is."""
    found: Sequence[Found] = ()
    population: int = 0
    already: Sequence[bool] = ()
    """Of which cases the change is in the certain cost already; of none where nothing is said."""
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Ranges:
    """By year the amounts at each of SHARES; by cause those of the first year alone."""

    years: list[list[float]]
    causes: dict[str, list[float]] = field(default_factory=dict)
    over: float | None = None
    """The share of draws in which the first year costs more than the budget."""


def simulate(doubts: Doubts, seed: int, draws: int = DRAWS) -> Ranges:
    """Draw the years `draws` times and tell where the middle and the ends of them lie."""
    import numpy as np

    dice = np.random.default_rng(seed)
    years = len(doubts.certain)
    parts = {
        "growth": growth_of(doubts, dice, draws),
        "unbanded": unbanded_of(doubts, dice, draws),
        "moderation": moderation_of(doubts, dice, draws),
    }
    total = np.array(doubts.certain)[:, None] + sum(parts.values(), np.zeros((years, draws)))
    causes = {name: ends_of(part[0]) for name, part in parts.items() if part.any()}
    over = None if doubts.budget is None else float((total[0] > doubts.budget).mean())
    return Ranges([ends_of(row) for row in total], causes, over)


def ends_of(row: "NDArray[Any]") -> list[float]:
    import numpy as np

    return [float(each) for each in np.percentile(row, SHARES)]


def growth_of(doubts: Doubts, dice: Any, draws: int) -> "NDArray[Any]":
    """One rate is drawn for all years, and for each month how many come and go."""
    import numpy as np

    least, most = doubts.growing
    rate = dice.normal((least + most) / 2, (most - least) / 2 / TWO_SIDED, draws)
    rate = np.maximum(rate, -100) / 100
    rows = [rate * 100 * doubts.per_cent]
    for year in range(1, len(doubts.certain)):
        by_then = (1 + rate) ** year * (1 + rate / 2) - 1
        rows.append(doubts.certain[year] * by_then)
    found = np.stack(rows)
    for kind in doubts.coming:
        found += coming_of(kind, dice, (len(rows), draws))
    return found


def coming_of(kind: Coming, dice: Any, shape: tuple[int, int]) -> "NDArray[Any]":
    """Who came in an earlier year costs all of every later one. Nobody leaves in the first month:
    they leave on the last day of a month.
    """
    import numpy as np

    years, draws = shape
    months = np.array(kind.months)
    come = dice.poisson(kind.joiners, (years, draws, len(months)))
    gone = dice.poisson(kind.leavers, (years, draws, len(months)))
    gone[0, :, 0] = 0
    more = come - gone
    earlier = np.cumsum(more.sum(axis=2), axis=0) - more.sum(axis=2)
    whole: NDArray[Any] = more @ months + earlier * kind.annual
    return whole


def unbanded_of(doubts: Doubts, dice: Any, draws: int) -> "NDArray[Any]":
    """The sum over many pupils, each on the band of one of those like them: a bell around the
    mean. It is the same sum in every year.
    """
    import numpy as np

    mean, deviation = doubts.unbanded
    first = np.maximum(dice.normal(mean, deviation, draws), 0)
    later = first * doubts.unbanded_years
    return np.stack([first, *[later] * (len(doubts.certain) - 1)])


def moderation_of(doubts: Doubts, dice: Any, draws: int) -> "NDArray[Any]":
    """The cases drawn anew from themselves (M7), drawn in with the share that is judged."""
    import numpy as np

    years, cases = len(doubts.certain), len(doubts.found)
    if not cases or not any(case.pounds for case in doubts.found):
        return np.zeros((years, draws))
    already = list(doubts.already) or [False] * cases
    kinds: dict[Found, int] = {}
    for case in doubts.found:
        kinds[case] = kinds.get(case, 0) + 1
    weights = np.array([case.weight for case in kinds])
    counts = dice.multinomial(cases, np.array(list(kinds.values())) / cases, draws)
    covered = sum(case.weight for case in doubts.found)
    shrinking = max(1 - cases / doubts.population, 0) ** 0.5 if doubts.population else 0

    def change(pounds: Callable[[Found], float]) -> "NDArray[Any]":
        sums = counts @ (weights * np.array([pounds(case) for case in kinds]))
        value = sum(case.weight * pounds(case) for case in doubts.found)
        known = sum(
            pounds(case) for case, is_in in zip(doubts.found, already, strict=True) if is_in
        )
        drawn: NDArray[Any] = covered * sums / (counts @ weights) - value
        return value + drawn * shrinking - known

    first = change(lambda case: case.pounds * case.first_year)
    later = change(lambda case: case.pounds)
    return np.stack([first, *[later] * (years - 1)])
