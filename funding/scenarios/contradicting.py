"""The smallest set of rules that contradict each other (rules.md F15). Pure."""

from collections.abc import Collection, Sequence

from funding.scenarios.solving import LITTLE, Problem, Rule, fits, size_of

TRIES = 300
"""Until a small set is taken, not proved to be the smallest."""


def contradicting(problem: Problem) -> list[Rule]:
    """As few rules as there are that contradict each other, so that none could be left out.

    Whatever contradicts itself has a rule of each set that must be broken for the rest to be kept.
    So the fewest rules that have one of each such set seen so far are tried; where they can be
    kept, the rules that are broken by then are one more such set.
    """
    for rule in problem.rules:
        if len(rule.weights) == 1 and not fits(problem, [rule]):
            return [rule]
    broken: list[list[int]] = []
    for _ in range(TRIES):
        held = fewest_of_each(broken)
        more = broken_beside(problem, held)
        if more is None:
            return without_needless(problem, [problem.rules[place] for place in sorted(held)])
        if not more:
            break
        broken.append(more)
    return without_needless(problem, list(problem.rules))


def fewest_of_each(sets: Sequence[Sequence[int]]) -> set[int]:
    """The fewest numbers of which each set has one."""
    if not sets:
        return set()
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    numbers = sorted({number for each in sets for number in each})
    place = {number: column for column, number in enumerate(numbers)}
    rows = np.zeros((len(sets), len(numbers)))
    for row, each in enumerate(sets):
        rows[row, [place[number] for number in each]] = 1
    ones = np.ones(len(numbers))
    answer = milp(
        ones, constraints=LinearConstraint(rows, 1, np.inf), integrality=ones, bounds=Bounds(0, 1)
    )
    return {number for number in numbers if answer.x[place[number]] > 0.5}


def broken_beside(problem: Problem, held: Collection[int]) -> list[int] | None:
    """The rules that are broken where these are held and all others as little broken as can be;
    None where these contradict each other. Values need not be whole steps.
    """
    import numpy as np
    from scipy.optimize import linprog

    place = {cell: number for number, cell in enumerate(problem.cells)}
    ends = [
        (number, sign, end, size_of(rule, problem))
        for number, rule in enumerate(problem.rules)
        for sign, end in ((-1, rule.least), (1, rule.most))
        if end is not None
    ]
    rows, most = np.zeros((len(ends), len(place) + len(ends))), np.zeros(len(ends))
    for row, (number, sign, end, size) in enumerate(ends):
        for cell, weight in problem.rules[number].weights.items():
            rows[row, place[cell]] = sign * float(weight * problem.step / size)
        rows[row, len(place) + row] = -1
        most[row] = sign * float(end / size)
    lowest = [(problem.least.get(cell, 0) / problem.step, None) for cell in problem.cells]
    slack = [(0, 0) if number in held else (0, None) for number, *_ in ends]
    broken = np.array([0.0] * len(place) + [1.0] * len(ends))
    answer = linprog(broken, A_ub=rows, b_ub=most, bounds=lowest + slack, method="highs")
    if answer.x is None:
        return None
    by = answer.x[len(place) :]
    return sorted({ends[row][0] for row in np.flatnonzero(by > LITTLE)})


def without_needless(problem: Problem, rules: list[Rule]) -> list[Rule]:
    """Whole steps regarded: what can be left out while nothing fits all the same is, in large
    parts first and then one by one.
    """
    if fits(problem, rules):
        rules = list(problem.rules)
    size = len(rules)
    while size:
        for start in range(len(rules) // size * size, -1, -size):
            others = rules[:start] + rules[start + size :]
            if len(others) < len(rules) and not fits(problem, others):
                rules = others
        size //= 2
    return rules
