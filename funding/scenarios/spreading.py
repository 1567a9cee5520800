"""Values nearest to today's with a change spread over all (rules.md F15). Pure.

By pupils × pounds alone a cut could fall on one band as well as on all. So no value moves by a
larger share of itself than it must, then the others by no larger one than they must, and so on;
within that, pupils × pounds are the least.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from funding.scenarios.solving import INFEASIBLE, Cell, Found, Problem, size_of, solve

ALLOWED = (1, 2, 4, 8, 16)
"""Steps that a value may move beyond its share, for all are whole steps: as few as will do."""
HAIR = 1e-7


def nearest(problem: Problem) -> Found:
    """The nearest values that keep every rule, none moved further than it must."""
    shares = shares_moved(problem)
    if shares is None:
        return Found(INFEASIBLE)
    for steps in ALLOWED:
        found = solve(replace(problem, farthest=farthest(problem, shares, steps)))
        if found.status != INFEASIBLE:
            return found
    return solve(problem)


def farthest(problem: Problem, shares: Mapping[Cell, float], steps: int) -> dict[Cell, Fraction]:
    """By how many pence each may move: its share of itself, and some steps for the rounding."""
    return {
        cell: Fraction(share) * of(problem, cell) + steps * problem.step
        for cell, share in shares.items()
    }


def of(problem: Problem, cell: Cell) -> int:
    """What a change is a share of; of a band that is worth nothing, of one step."""
    return max(problem.today[cell], problem.step)


def shares_moved(problem: Problem) -> dict[Cell, float] | None:
    """By what share of itself each has to move, not rounded to steps; None where nothing fits."""
    free, found = set(problem.known), dict[Cell, float]()
    while free:
        answer = largest_move(problem, free, found)
        if answer.x is None:
            return None
        share = float(answer.x[-1])
        if share <= HAIR:
            return found | dict.fromkeys(free, 0.0)
        held = held_back(problem, free, answer) or free
        found |= dict.fromkeys(held, share)
        free -= held
    return found


def held_back(problem: Problem, free: set[Cell], answer: Any) -> set[Cell]:
    """Those that must move by that share, or else another would by more."""
    pull = answer.ineqlin.marginals[-2 * len(problem.known) :]
    return {
        cell
        for number, cell in enumerate(problem.known)
        if cell in free and max(abs(pull[2 * number]), abs(pull[2 * number + 1])) > HAIR
    }


def largest_move(problem: Problem, free: set[Cell], found: Mapping[Cell, float]) -> Any:
    """The least that the largest share among the free ones can be, beside those found already."""
    import numpy as np
    from scipy.optimize import linprog

    place = {cell: number for number, cell in enumerate(problem.cells)}
    rows, most = [], []
    for rule in problem.rules:
        size = size_of(rule, problem)
        row = np.zeros(len(place) + 1)
        for cell, weight in rule.weights.items():
            row[place[cell]] = float(weight * problem.step / size)
        for sign, end in ((-1, rule.least), (1, rule.most)):
            if end is not None:
                rows.append(sign * row)
                most.append(sign * float(end / size))
    for cell in problem.known:
        share = 0.0 if cell in free else found[cell] + HAIR
        for sign in (-1, 1):
            row = np.zeros(len(place) + 1)
            row[place[cell]] = sign * problem.step / of(problem, cell)
            row[-1] = -1 if cell in free else 0
            rows.append(row)
            most.append(sign * problem.today[cell] / of(problem, cell) + share)
    costs = np.zeros(len(place) + 1)
    costs[-1] = 1
    lowest = [(problem.least.get(cell, 0) / problem.step, None) for cell in problem.cells]
    return linprog(
        costs, A_ub=np.array(rows), b_ub=most, bounds=[*lowest, (0, None)], method="highs"
    )
