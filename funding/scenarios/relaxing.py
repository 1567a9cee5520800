"""How far each rule of a contradiction has to give, and what that costs (rules.md F15). Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from banding_portal.words import percent
from funding.calculation.money import in_pounds as money
from funding.scenarios.pricing import pounds
from funding.scenarios.solving import HIGHEST, INFEASIBLE, Rule, fits, solve
from funding.scenarios.wanting import Wanted, cost_of, problem_of
from funding.scenarios.wishes import Limit

TENTH, HUNDREDTH, POUND = Decimal("0.1"), Decimal("0.01"), Decimal(1)
NOTHING, ALL, MOST = Decimal(0), Decimal(100), Decimal(1000)
NOT_ENOUGH = "Relaxing it alone is not enough, because other rules contradict each other as well."
WITHOUT_ORDER = "Values fit where bands need not be in order"
DOES = {
    "spend_at_least": "{} would do",
    "minimum_step": "A smallest step of {} would do",
    "maximum_step": "A largest step of {} would do",
    "limits": "{} would do",
    "fixed": "A value that is {} away from it would do",
    "ratios": "{} times would do",
    "shares": "{} would do",
    "school_floor": "{} would do",
    "largest_change": "{} would do",
}


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A rule of a contradiction; relaxed to where values just fit, what those cost at least."""

    rule: Rule
    words: str
    relax_to: Decimal | None = None
    least_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a number of a wish is relaxed: by units, up or down, as far as an end."""

    now: Decimal
    unit: Decimal
    end: Decimal

    @property
    def units(self) -> int:
        whole, left = divmod(abs(self.end - self.now), self.unit)
        return int(whole) + bool(left)

    def after(self, units: int) -> Decimal:
        if units >= self.units:
            return self.end
        return self.now + units * (self.unit if self.end > self.now else -self.unit)


def relaxed(wanted: Wanted, rest: int, over: int, rules: list[Rule]) -> Iterator[Relaxed]:
    """Each rule of a contradiction. Those of one part of the wish are relaxed together."""
    known: dict[tuple[Any, ...], tuple[str, Decimal | None, Decimal | None]] = {}
    for rule in rules:
        if rule.part not in known:
            known[rule.part] = relaxed_part(wanted, (rest, over), rule.part)
        yield Relaxed(rule, *known[rule.part])


def relaxed_part(
    wanted: Wanted, paid: tuple[int, int], part: tuple[Any, ...]
) -> tuple[str, Decimal | None, Decimal | None]:
    """In words, to what it has to be relaxed, and what the cheapest values then cost."""
    if part == ("budget",):
        cost = cheapest(wanted, paid, without="budget")
        words = NOT_ENOUGH if cost is None else f"A budget of {money(cost)} would be enough."
        return words, cost, cost
    if part == ("keep_order",):
        cost = cheapest(wanted.with_part(keep_order=False), paid)
        return sentence(WITHOUT_ORDER, cost), None, cost
    way = way_of(wanted, part)

    def at(units: int) -> Wanted:
        return wanted.with_part(**changed(wanted, part, way.after(units)))

    def does(units: int) -> bool:
        problem = problem_of(at(units), *paid)
        return fits(problem, problem.rules)

    units = fewest(does, way.units)
    if units is None:
        return NOT_ENOUGH, None, None
    value, cost = way.after(units), cheapest(at(units), paid)
    return sentence(DOES[part[0]].format(as_words(part[0], value)), cost), value, cost


def sentence(does: str, cost: Decimal | None) -> str:
    return NOT_ENOUGH if cost is None else f"{does}: the values then cost {money(cost)} at least."


def as_words(kind: str, value: Decimal) -> str:
    if kind == "ratios":
        return f"{value:f}"
    if kind in ("shares", "school_floor", "largest_change"):
        return percent(value / 100, None)
    return money(value)


def fewest(does: Callable[[int], bool], most: int) -> int | None:
    """The fewest units that do, where more do as well; None where the most do not."""
    low, high = 0, min(1, most)
    while not does(high):
        if high == most:
            return None
        low, high = high, min(high * 2, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    return high


def way_of(wanted: Wanted, part: tuple[Any, ...]) -> Way:
    """A fixed value is relaxed by how far another may be away from it, first not at all."""
    wish, step, highest = wanted.wish, wanted.wish.round_to, pounds(HIGHEST)
    kind, *where = part
    if kind == "fixed":
        return Way(NOTHING, step, highest)
    if where:
        place, end = where
        now = getattr(getattr(wish, kind)[place], end)
        unit, most = {
            "limits": (step, highest), "ratios": (HUNDREDTH, MOST), "shares": (TENTH, ALL)
        }[kind]  # fmt: skip
        return Way(now, unit, NOTHING if end == "least" else most)
    unit, end = {
        "spend_at_least": (POUND, NOTHING),
        "minimum_step": (step, NOTHING),
        "maximum_step": (step, highest),
        "school_floor": (TENTH, NOTHING),
        "largest_change": (TENTH, MOST),
    }[kind]
    return Way(getattr(wish, kind), unit, end)


def changed(wanted: Wanted, part: tuple[Any, ...], value: Decimal) -> Mapping[str, Any]:
    """The wish's keys with another number in the place of one."""
    wish, (kind, *where) = wanted.wish, part
    if kind == "fixed":
        one = wish.fixed[where[0]]
        ends = {"least": max(NOTHING, one.annual_value - value), "most": one.annual_value + value}
        limit = Limit(band=one.band, sector=one.sector, **ends)
        return {
            "fixed": [each for each in wish.fixed if each is not one],
            "limits": [*wish.limits, limit],
        }
    if not where:
        return {kind: value}
    items = list(getattr(wish, kind))
    items[where[0]] = items[where[0]].model_copy(update={where[1]: value})
    return {kind: items}


def cheapest(wanted: Wanted, paid: tuple[int, int], without: str = "") -> Decimal | None:
    """What the cheapest values cost that keep the rules, but for those of a kind."""
    problem = problem_of(wanted, *paid)
    kept = [rule for rule in problem.rules if rule.kind != without]
    found = solve(replace(problem, rules=kept), cheapest=True)
    if found.status == INFEASIBLE:
        return None
    exact = sum(
        (weight * found.values[cell] for cell, weight in problem.weights.items()), Fraction(0)
    )
    return pounds(max(cost_of(wanted, found.values), paid[0] + ceil(exact)))
