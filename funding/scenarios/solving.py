"""Values that fit a budget and rules, as near to today's as can be (rules.md F15). Pure.

A linear programme with whole numbers, solved by HiGHS (`scipy.optimize.milp`). The solver reckons
in floating point, so each answer is held against every rule in exact fractions, and a rule that
it broke by a hair is drawn a hair tighter and solved again. scipy is read in when it is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

Cell = tuple[int, str]
"""A band, by its place, and a sector."""
OPTIMAL, GOOD, INFEASIBLE = "optimal", "feasible", "infeasible"
SECONDS = 1
"""Until the nearest so far is taken, not proved to be the nearest."""
NEAR = 1e-6
"""By how much of the distance another might be nearer: less than a step of any value by itself."""
HIGHEST = 100_000_000_00
"""Pence that no value is above."""
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
    """What is looked for, in pence. `today` may lack a value; `weights` are pupils' years."""

    cells: Sequence[Cell]
    step: int
    """Pence that each value is a multiple of, but for the `fixed`, which a rule holds."""
    today: Mapping[Cell, int]
    weights: Mapping[Cell, Fraction]
    fixed: frozenset[Cell]
    rules: Sequence[Rule]

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
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {cell: number for number, cell in enumerate(problem.cells)}
    cells, known = len(place), [] if cheapest else problem.known
    rows = np.zeros((len(rules) + 2 * len(known), cells + len(known)))
    lows, highs = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    for number, rule in enumerate(rules):
        for cell, weight in rule.weights.items():
            rows[number, place[cell]] = float(weight * problem.step)
        lows[number] = -np.inf if rule.least is None else float(rule.least)
        highs[number] = np.inf if rule.most is None else float(rule.most)
    for number, cell in enumerate(known):
        for row, sign in ((len(rules) + 2 * number, 1), (len(rules) + 2 * number + 1, -1)):
            rows[row, place[cell]], rows[row, cells + number] = sign * problem.step, -1
            highs[row] = sign * problem.today[cell]
    costs = np.array([*costs_of(problem, known), *(float(problem.weight(cell)) for cell in known)])
    answer = milp(
        costs * (not first),
        constraints=LinearConstraint(rows, lows, highs),
        integrality=np.array(
            [int(whole and cell not in problem.fixed) for cell in problem.cells] + [0] * len(known)
        ),
        bounds=Bounds(0, np.array([HIGHEST / problem.step] * cells + [np.inf] * len(known))),
        options={"mip_rel_gap": NEAR, "time_limit": SECONDS},
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
    return Found(OPTIMAL if answer.status == 0 else GOOD, values, moved)


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


def at_odds(problem: Problem) -> list[Rule]:
    """Few rules that contradict each other: those that hold back who breaks all rules as little as
    can be (a certificate of Farkas). All of them where only whole steps contradict each other.
    """
    import numpy as np
    from scipy.optimize import linprog

    place = {cell: number for number, cell in enumerate(problem.cells)}
    ends = [
        (rule, sign, end)
        for rule in problem.rules
        for sign, end in ((-1, rule.least), (1, rule.most))
        if end is not None
    ]
    rows = np.zeros((len(ends), len(place) + len(ends)))
    most = np.zeros(len(ends))
    for number, (rule, sign, end) in enumerate(ends):
        size = float(max(abs(weight) for weight in rule.weights.values()) or 1)
        for cell, weight in rule.weights.items():
            rows[number, place[cell]] = sign * float(weight) * problem.step / size
        rows[number, len(place) + number] = -1
        most[number] = sign * float(end) / size
    broken = np.array([0.0] * len(place) + [1.0] * len(ends))
    answer = linprog(broken, A_ub=rows, b_ub=most, bounds=(0, None), method="highs")
    if answer.status != 0:
        return list(problem.rules)
    held = {
        id(ends[place][0]) for place in np.flatnonzero(np.abs(answer.ineqlin.marginals) > LITTLE)
    }
    some = [rule for rule in problem.rules if id(rule) in held]
    return some if some and not fits(problem, some) else list(problem.rules)


def contradicting(problem: Problem) -> list[Rule]:
    """Rules that contradict each other, none of which could be left out: what can be left out
    while nothing fits all the same is, in large parts first and then one by one.
    """
    rules = at_odds(problem)
    size = len(rules)
    while size:
        for start in range(len(rules) // size * size, -1, -size):
            others = rules[:start] + rules[start + size :]
            if len(others) < len(rules) and not fits(problem, others):
                rules = others
        size //= 2
    return rules


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
