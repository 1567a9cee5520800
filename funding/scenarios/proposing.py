"""Values proposed for a wish, with what binds; or why nothing fits (rules.md F15). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from funding.scenarios.pricing import Priced, Prices, pence, pounds, price
from funding.scenarios.solving import (
    INFEASIBLE,
    Cell,
    Found,
    Problem,
    Rule,
    binding,
    contradicting,
    solve,
)
from funding.scenarios.wanting import Wanted, problem_of, today_of

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Value:
    """What a band would be worth in a sector, what it is today, and the pupils' years on it."""

    band: str
    sector: str
    annual_value: Decimal
    today: Decimal | None
    years: Decimal


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A rule of a contradiction; left out, what the cheapest values that fit would cost."""

    rule: Rule
    least_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """In pounds. Without values where nothing fits; `because` are then rules that contradict each
    other, none of which could be left out of them.
    """

    status: str
    today: Decimal
    budget: Decimal
    cost: Decimal | None = None
    moved: Decimal | None = None
    values: list[Value] = field(default_factory=list)
    binding: list[tuple[Rule, Decimal]] = field(default_factory=list)
    because: list[Relaxed] = field(default_factory=list)

    @property
    def headroom(self) -> Decimal | None:
        return None if self.cost is None else self.budget - self.cost


def propose(wanted: Wanted) -> Proposal:
    now = price(wanted.caseload, wanted.today)
    rest = rest_of(wanted, now)
    problem, found = find(wanted, rest)
    proposal = Proposal(found.status, pounds(now.total), wanted.wish.budget)
    if found.status == INFEASIBLE:
        return replace(proposal, because=relaxed(problem, rest))
    return replace(
        proposal,
        cost=pounds(cost_of(wanted, found.values)),
        moved=pounds(round(found.distance)),
        values=values_of(wanted, found),
        binding=[(rule, pounds(round(by))) for rule, by in binding(problem, found)],
    )


def find(wanted: Wanted, rest: int) -> tuple[Problem, Found]:
    """The solver reckons before rounding to the penny on each line. Where the lines come to more
    than the budget all the same, a little less is asked for.
    """
    over = 0
    for _ in range(ROUNDS):
        problem = problem_of(wanted, rest, over)
        found = solve(problem)
        if found.status == INFEASIBLE:
            break
        excess = cost_of(wanted, found.values) - pence(wanted.wish.budget)
        if excess <= 0:
            break
        over += excess
    return problem, found


def rest_of(wanted: Wanted, now: Priced) -> int:
    """Pence paid for all but the bands and sectors looked at, at today's values."""
    cells = set(wanted.cells)
    pairs = zip(wanted.caseload.states, now.amounts, strict=True)
    return now.total - sum(amount for state, amount in pairs if (state.band, state.sector) in cells)


def cost_of(wanted: Wanted, values: Mapping[Cell, int]) -> int:
    """Pence that the year comes to, line by line, with these values all year."""
    first = min(term.start for term in wanted.caseload.terms)
    prices: Prices = {
        **wanted.today,
        **{cell: ((first, value),) for cell, value in values.items()},
    }
    return price(wanted.caseload, prices).total


def values_of(wanted: Wanted, found: Found) -> list[Value]:
    today, (years, _) = today_of(wanted), wanted.years
    return [
        Value(
            band=wanted.caseload.bands[band].code,
            sector=sector,
            annual_value=pounds(found.values[band, sector]),
            today=pounds(today[band, sector]) if (band, sector) in today else None,
            years=Decimal(str(round(float(years.get((band, sector), 0)), 1))),
        )
        for band, sector in wanted.cells
    ]


def relaxed(problem: Problem, rest: int) -> list[Relaxed]:
    """The contradiction, and for each of its rules what fits without it costs at least."""
    return [Relaxed(rule, cheapest(problem, rule, rest)) for rule in contradicting(problem)]


def cheapest(problem: Problem, left_out: Rule, rest: int) -> Decimal | None:
    others = [rule for rule in problem.rules if rule is not left_out]
    found = solve(replace(problem, rules=others), cheapest=True)
    if found.status == INFEASIBLE:
        return None
    cost = sum(
        (weight * found.values[cell] for cell, weight in problem.weights.items()), Fraction(0)
    )
    return pounds(round(cost) + rest)
