"""Values that fit a budget and rules, as near to today's as can be (rules.md F15). Pure.

A linear programme with whole numbers, solved by HiGHS (`scipy.optimize.milp`). The solver reckons
in floating point to a millionth, so each rule is handed over in steps of its heaviest value: in
pence of a whole budget a millionth is finer than a float is, and what fits would be called
contradictory. Each answer is held against every rule in exact fractions, and a rule that it broke
by a hair is drawn a hair tighter and solved again. scipy is read in when it is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from banding_portal.refusals import RefusalError

Cell = tuple[int, str]
"""A band, by its place, and a sector."""
OPTIMAL, GOOD, INFEASIBLE = "optimal", "feasible", "infeasible"
SECONDS, MORE_SECONDS = 1, 10
"""Until the nearest so far is taken, not proved to be the nearest; and, where there is none so far,
until any values at all have to be found.
"""
NO_TIME = (
    "Whether any values fit could not be told in time. Leave out a rule, or let values be "
    "multiples of less."
)
NEAR = 1e-6
"""By how much of the distance another might be nearer: less than a step of any value by itself."""
HIGHEST = 100_000_000_00
"""Pence that no value is above."""
NOTHING_FITS = 2
"""HiGHS's word for it, by scipy's number."""
TIGHTER = Fraction(1, 1000)
ROUNDS = 12
LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class Rule:
    """least ≤ Σ weight × value ≤ most, in pence; its words say what it asks."""

    kind: str
    words: str
    weights: Mapping[Cell, Fraction]
    least: Fraction | None = None
    most: Fraction | None = None
    part: tuple[str | int, ...] = ()
    """The part of a wish that it comes from: a key, and in a list its place and end."""

    def is_kept(self, values: Mapping[Cell, Fraction]) -> bool:
        return not self.missed_by(values)

    def missed_by(self, values: Mapping[Cell, Fraction]) -> Fraction:
        """By how much values break it; nothing where they keep it."""
        total = sum((weight * values[cell] for cell, weight in self.weights.items()), Fraction(0))
        if self.least is not None and total < self.least:
            return self.least - total
        if self.most is not None and total > self.most:
            return total - self.most
        return Fraction(0)

    def slack(self, values: Mapping[Cell, Fraction]) -> Fraction:
        """How far from its nearer end values are."""
        total = sum((weight * values[cell] for cell, weight in self.weights.items()), Fraction(0))
        ends = [abs(total - end) for end in (self.least, self.most) if end is not None]
        return min(ends)

    def drawn_in(self, by: Fraction) -> "Rule":
        return replace(
            self,
            least=None if self.least is None else self.least + by,
            most=None if self.most is None else self.most - by,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """What is looked for, in pence. `today` may lack a value; `weights` are pupils' years; `least`
    is what values cannot fall below, nought if not said; `farthest` how far one may move.
    """

    cells: Sequence[Cell]
    step: int
    """Pence that each value is a multiple of, but for the `fixed`, which a rule holds."""
    today: Mapping[Cell, int]
    weights: Mapping[Cell, Fraction]
    fixed: frozenset[Cell]
    rules: Sequence[Rule]
    least: Mapping[Cell, int] = field(default_factory=dict)
    farthest: Mapping[Cell, Fraction] = field(default_factory=dict)

    def weight(self, cell: Cell) -> Fraction:
        """How often a pound's move of a value counts: once a pupil, and once at least."""
        return max(Fraction(1), self.weights.get(cell, Fraction(0)))

    @property
    def known(self) -> list[Cell]:
        """Those whose distance from today counts."""
        return [cell for cell in self.cells if cell in self.today and cell not in self.fixed]

    def distance(self, values: Mapping[Cell, Fraction]) -> Fraction:
        moved = (self.weight(cell) * abs(values[cell] - self.today[cell]) for cell in self.known)
        return sum(moved, Fraction(0))


@dataclass(frozen=True, slots=True)
class Found:
    """`values` in pence by cell; none where nothing fits."""

    status: str
    values: dict[Cell, int] = field(default_factory=dict)
    distance: Fraction = Fraction(0)

    @property
    def exact(self) -> dict[Cell, Fraction]:
        return {cell: Fraction(value) for cell, value in self.values.items()}


def solve(problem: Problem, *, cheapest: bool = False, first: bool = False) -> Found:
    """The nearest values that keep every rule; the ones that cost least; or the `first` found."""
    rules = list(problem.rules)
    for _ in range(ROUNDS):
        found = ask_solver(problem, rules, cheapest or first, first=first)
        if found.status == INFEASIBLE:
            return found
        values = found.exact
        missed = [(place, rule.missed_by(values)) for place, rule in enumerate(problem.rules)]
        if not any(by for _, by in missed):
            return replace(found, distance=problem.distance(values))
        for place, by in missed:
            if by:
                rules[place] = rules[place].drawn_in(by + TIGHTER)
    return Found(INFEASIBLE)


def ask_solver(
    problem: Problem,
    rules: Sequence[Rule],
    cheapest: bool,
    whole: bool = True,
    first: bool = False,
) -> Found:
    """What HiGHS finds: how many steps each value is, and how far each known one moves. Where it
    need not be `whole` steps it takes no time, and the distance is that of the solver.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint

    place = {cell: number for number, cell in enumerate(problem.cells)}
    cells, known = len(place), [] if cheapest else problem.known
    rows = np.zeros((len(rules) + 2 * len(known), cells + len(known)))
    lows, highs = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    for number, rule in enumerate(rules):
        size = size_of(rule, problem)
        for cell, weight in rule.weights.items():
            rows[number, place[cell]] = float(weight * problem.step / size)
        lows[number] = -np.inf if rule.least is None else float(rule.least / size)
        highs[number] = np.inf if rule.most is None else float(rule.most / size)
    for number, cell in enumerate(known):
        for row, sign in ((len(rules) + 2 * number, 1), (len(rules) + 2 * number + 1, -1)):
            rows[row, place[cell]], rows[row, cells + number] = sign * problem.step, -1
            highs[row] = sign * problem.today[cell]
    lowest = [problem.least.get(cell, 0) / problem.step for cell in problem.cells]
    costs = np.array([*costs_of(problem, known), *(float(problem.weight(cell)) for cell in known)])
    answer, proved = asked(
        costs * (not first),
        0 if cheapest else NEAR,
        constraints=LinearConstraint(rows, lows, highs),
        integrality=np.array(
            [int(whole and cell not in problem.fixed) for cell in problem.cells] + [0] * len(known)
        ),
        bounds=Bounds(
            np.array(lowest + [0.0] * len(known)),
            np.array(
                [HIGHEST / problem.step] * cells
                + [float(problem.farthest.get(cell, np.inf)) for cell in known]
            ),
        ),
    )
    if answer.x is None:
        return Found(INFEASIBLE)
    values = {
        cell: round(answer.x[number] * problem.step)
        if cell in problem.fixed
        else round(answer.x[number]) * problem.step
        for cell, number in place.items()
    }
    moved = Fraction(0 if whole else round(answer.fun))
    return Found(OPTIMAL if proved else GOOD, values, moved)


def asked(costs: Any, gap: float, **program: Any) -> tuple[Any, bool]:
    """HiGHS's answer, and whether it is proved to be the best. Where there is none in time, or its
    presolving breaks down, it is asked again without. Raises RefusalError where that is no help.
    """
    from scipy.optimize import milp

    answer = milp(costs, options={"mip_rel_gap": gap, "time_limit": SECONDS}, **program)
    if answer.x is not None or answer.status == NOTHING_FITS:
        return answer, answer.status == 0
    answer = milp(costs, options={"presolve": False, "time_limit": MORE_SECONDS}, **program)
    if answer.x is None and answer.status != NOTHING_FITS:
        raise RefusalError(NO_TIME)
    return answer, False


def costs_of(problem: Problem, known: Sequence[Cell]) -> list[float]:
    """What each value counts by itself: its pupils where the cheapest are wanted; next to nothing
    where it has no value today, so that it is the least that fits.
    """
    if not known:
        return [float(problem.weights.get(cell, 0)) + LITTLE for cell in problem.cells]
    return [0.0 if cell in problem.today else LITTLE for cell in problem.cells]


def fits(problem: Problem, rules: Sequence[Rule]) -> bool:
    """Whether any values at all keep these rules."""
    if ask_solver(problem, rules, cheapest=True, whole=False).status == INFEASIBLE:
        return False
    return solve(replace(problem, rules=rules), first=True).status != INFEASIBLE


def binding(problem: Problem, found: Found, most: int = 60) -> list[tuple[Rule, Fraction]]:
    """Rules without which values nearer to today's would fit, and by how much nearer; reckoned
    before values are rounded to their step.
    """
    values = found.exact
    near = sorted(problem.rules, key=lambda rule: rule.slack(values) / size_of(rule, problem))[
        :most
    ]
    now = ask_solver(problem, problem.rules, cheapest=False, whole=False).distance
    told = []
    for rule in near:
        others = [each for each in problem.rules if each is not rule]
        without = ask_solver(problem, others, cheapest=False, whole=False).distance
        if without < now:
            told.append((rule, now - without))
    return told


def size_of(rule: Rule, problem: Problem) -> Fraction:
    """How much one step of its heaviest value moves a rule."""
    return (max(abs(weight) for weight in rule.weights.values()) or 1) * Fraction(problem.step)
