"""What became of a school, by the register's links (rules.md S1). Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol, TypeVar

from schools.register_rules import academic_year_of, year_group_of, year_groups_of_school


class Ages(Protocol):
    """What the rule looks at of a school."""

    low_age: int | None
    high_age: int | None


Place = TypeVar("Place", bound=Ages)


@dataclass(frozen=True)
class Ends:
    """Where the chains of successors of a school end, by URN."""

    going_on: tuple[str, ...] = ()
    """Those that have not closed: one after a conversion or a merger, several after a split."""
    unknown: tuple[str, ...] = ()
    """Those that the portal does not know."""


def ends_of(
    urn: str,
    links: Mapping[str, AbstractSet[str]],
    has_closed: Callable[[str], bool | None],
) -> Ends:
    """Follow every chain of successors past those that have closed in their turn.

    `links` has the successors by URN; `has_closed` answers None for a school nobody knows. A
    chain that leads back to a school it came through ends there without an answer.
    """
    found: dict[str, bool] = {}
    seen, ahead = {urn}, sorted(links.get(urn, ()))
    while ahead:
        following = ahead.pop(0)
        if following in seen:
            continue
        seen.add(following)
        closed = has_closed(following)
        if closed:
            ahead += sorted(links.get(following, ()))
        else:
            found[following] = closed is not None
    known = tuple(sorted(urn for urn, is_known in found.items() if is_known))
    return Ends(known, tuple(sorted(set(found) - set(known))))


def on_the_way(urn: str, end: str, links: Mapping[str, AbstractSet[str]]) -> tuple[str, ...]:
    """The schools between one and what it became in the end, in order, by URN: A became B, which
    became C. Empty where one on the way became several, for nobody can say who was where.
    """
    between: list[str] = []
    following = links.get(urn, frozenset())
    while end not in following:
        step = next(iter(following), None)
        if len(following) != 1 or step is None or step in (urn, *between):
            return ()
        between.append(step)
        following = links.get(step, frozenset())
    return tuple(between)


def fitting(born: dt.date, day: dt.date, schools: Iterable[Place]) -> list[Place]:
    """The schools whose year groups a pupil is in on a day: after a split into an infant and a
    junior school, say, only one.
    """
    group = year_group_of(born, academic_year_of(day))
    return [
        school
        for school in schools
        if group in year_groups_of_school(school.low_age, school.high_age)
    ]
