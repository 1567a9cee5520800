"""Values proposed for a wish, with what binds; or why nothing fits (rules.md F15). Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from funding.calculation.money import in_pounds as money
from funding.scenarios.contradicting import contradicting
from funding.scenarios.pricing import Priced, pence, pounds, price
from funding.scenarios.relaxing import Relaxed, relaxed
from funding.scenarios.solving import GOOD, INFEASIBLE, Found, Problem, Rule, binding, solve
from funding.scenarios.spreading import nearest
from funding.scenarios.wanting import Wanted, cell_name, cost_of, problem_of, today_of

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
class Proposal:
    """In pounds. Without values where nothing fits; `because` are then rules that contradict each
    other, none of which could be left out of them.
    """

    status: str
    today: Decimal
    budget: Decimal
    day: dt.date
    """Whose values are today's."""
    cost: Decimal | None = None
    moved: Decimal | None = None
    values: list[Value] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)
    binding: list[tuple[Rule, Decimal]] = field(default_factory=list)
    because: list[Relaxed] = field(default_factory=list)

    @property
    def headroom(self) -> Decimal | None:
        return None if self.cost is None else self.budget - self.cost


def propose(wanted: Wanted) -> Proposal:
    now = price(wanted.caseload, wanted.today)
    rest = rest_of(wanted, now)
    problem, found, over = find(wanted, rest)
    proposal = Proposal(
        found.status, pounds(now.total), wanted.wish.budget, dt.date.fromordinal(wanted.day)
    )
    if found.status == INFEASIBLE:
        rules = contradicting(problem)
        return replace(proposal, because=list(relaxed(wanted, rest, over, rules)))
    return replace(
        proposal,
        cost=pounds(cost_of(wanted, found.values)),
        moved=pounds(round(found.distance)),
        values=values_of(wanted, found),
        without_value=list(without_value(wanted, problem)),
        binding=[(rule, pounds(round(by))) for rule, by in binding(problem, found)],
    )


def find(wanted: Wanted, rest: int) -> tuple[Problem, Found, int]:
    """The solver reckons before rounding to the penny on each line, and without the protection in
    force, which pays more where values are lower. What the lines come to above the budget is kept
    back of it, and is paid beside the values; what they lack of what is to be spent is added.
    Where nothing fits then, the cheapest values may. The last is what was kept back.
    """
    over = under = 0
    for _ in range(ROUNDS):
        problem = problem_of(wanted, rest, over, under)
        found = nearest(problem)
        if found.status == INFEASIBLE:
            break
        excess, missing = beside(wanted, found)
        if not excess and not missing:
            return problem, found, over
        over, under = over + excess, under + missing
    least = solve(problem_of(wanted, rest), cheapest=True) if over or under else found
    if least.status != INFEASIBLE and not any(beside(wanted, least)):
        return problem, replace(least, status=GOOD), over
    return problem, Found(INFEASIBLE), over


def beside(wanted: Wanted, found: Found) -> tuple[int, int]:
    """Pence by which the lines are above the budget, and below what is to be spent."""
    cost, least = cost_of(wanted, found.values), wanted.wish.spend_at_least or Decimal(0)
    return max(0, cost - pence(wanted.wish.budget)), max(0, pence(least) - cost)


def rest_of(wanted: Wanted, now: Priced) -> int:
    """Pence paid for all but the bands and sectors looked at, at today's values; what protection
    in force adds to these depends on what is found.
    """
    cells = set(wanted.cells)
    each = zip(wanted.caseload.states, now.amounts, now.kept, strict=True)
    looked_at = (more + kept for state, more, kept in each if (state.band, state.sector) in cells)
    return now.total - sum(looked_at)


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


def without_value(wanted: Wanted, problem: Problem) -> Iterator[str]:
    """Bands with pupils that have no value today, and what they are taken as."""
    known = today_of(wanted)
    for cell in wanted.cells:
        if cell in known or not problem.weights.get(cell):
            continue
        taken = problem.today.get(cell)
        near = "it gets the least that fits."
        if taken is not None:
            near = f"it is kept near {money(pounds(taken))}, what the next band is worth."
        yield f"{cell_name(wanted, cell)} has no value today: {near}"
