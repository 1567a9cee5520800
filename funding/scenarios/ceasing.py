"""Plans that cease where a phase of education ends, on 31 August (rules.md F14). Pure.

Of the pupils who finish a year group, so many per cent of plans cease: that share of what their
days from 1 September cost is not spent, each rounded to the penny.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from funding.calculation import round_half_up
from funding.scenarios.pricing import Caseload
from funding.scenarios.terms import PhaseEnd

Shares = Mapping[int, Fraction]
"""Which share of plans ceases, by the year group that is finished."""


def shares_of(ends: Iterable[PhaseEnd]) -> dict[int, Fraction]:
    return {each.after_year: Fraction(each.percent) / 100 for each in ends}


def share_for(caseload: Caseload, pupil: int, shares: Shares) -> Fraction:
    finishes = caseload.pupils[pupil].finishes
    return shares.get(finishes, Fraction(0)) if finishes is not None else Fraction(0)


def ceased(caseload: Caseload, costs: Sequence[int], shares: Shares) -> list[int]:
    """Pence of each state that are not spent, below zero; nothing before the phase ends. A phase
    end that was over when the pupils were read is in what was read already.
    """
    found = [0] * len(costs)
    if not shares or caseload.phase_end is None:
        return found
    for place, state in enumerate(caseload.states):
        if not state.own or state.end < caseload.phase_end or not costs[place]:
            continue
        if share := share_for(caseload, state.pupil, shares):
            days = state.end - max(state.start, caseload.phase_end) + 1
            whole = state.end - state.start + 1
            found[place] = -int(round_half_up(costs[place] * share * Fraction(days, whole), 0))
    return found


def full_year_left(caseload: Caseload, by_pupil: Mapping[int, int], shares: Shares) -> int:
    """Pence of a whole year once those plans have ceased."""
    if not shares or caseload.phase_end is None:
        return sum(by_pupil.values())
    left = (amount * (1 - share_for(caseload, pupil, shares)) for pupil, amount in by_pupil.items())
    return int(round_half_up(sum(left, Fraction(0)), 0))
