"""What is not certain about a scenario's cost, gathered for its simulation (rules.md F14)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from banding.found_moves import FoundMoves
from funding.choices import CountedDecisions, NotBanded
from funding.scenarios.caseloads import Reading
from funding.scenarios.growing import average_value, elapsed, months_from
from funding.scenarios.imputing import Imputed, imputed
from funding.scenarios.moderating import cases_of, shares_of_year
from funding.scenarios.outcome import Outcome, Supposed, work_out
from funding.scenarios.preparing import Known, moves_found, supposed_of
from funding.scenarios.pricing import Caseload, Prices, price, share_of
from funding.scenarios.simulating import YEARS, Coming, Doubts, Found, Growing
from funding.scenarios.terms import Joining

PENCE = 100


@dataclass(frozen=True, slots=True)
class Doubted:
    """What the simulation draws from, with what its page says of it."""

    doubts: Doubts
    moderation: FoundMoves | None
    not_banded: int


def doubts_of(
    known: Known, reading: Reading, growing: Growing, *, with_moderation: bool = True
) -> Doubted:
    """Of the pupils that were read. Raises RefusalError."""
    caseload, supposed = reading.caseload, supposed_of(known, reading)
    outcome = work_out(caseload, supposed)
    missing = imputed(caseload, supposed.prices)
    found = (caseload.moderated or moves_found(known)) if with_moderation else None
    cases = cases_of(found, caseload, supposed.prices) if found else []
    settled = known.terms.decisions != CountedDecisions.SUBMITTED
    begun = {
        case.sector: float(sum(shares_of_year(caseload.terms, supposed.begins, case.sector)))
        for case in cases
    }
    carried = 0 if with_moderation else outcome.moderation
    mean, deviation, later = spread_of(caseload, missing)
    doubts = Doubts(
        certain=certain_of(outcome, known, float(carried)),
        per_cent=cost_of_a_per_cent(caseload, supposed.prices),
        growing=growing,
        coming=[coming_of(caseload, supposed, kind) for kind in monthly_of(known)],
        unbanded=(mean, deviation),
        unbanded_years=later,
        found=[Found(float(case.weight), case.pence / PENCE, begun[case.sector]) for case in cases],
        population=found.population if found else 0,
        already=[case.is_settled and settled for case in cases],
        budget=None if outcome.budget is None else float(outcome.budget),
    )
    return Doubted(doubts, found, outcome.not_banded)


def certain_of(outcome: Outcome, known: Known, carried: float) -> list[float]:
    """The first year as it is worked out, the later ones with the pupils of its last day; in all
    of them without growth and without pupils who are not banded, and with no more of what
    moderation found than is `carried`.
    """
    first = outcome.total - outcome.growth - outcome.moderation
    if known.terms.unbanded == NotBanded.IMPUTED:
        first -= outcome.unbanded
    kept = dict(enumerate(outcome.protection_by_year))
    later = [outcome.full_year + outcome.extras + kept.get(year, 0) for year in range(1, YEARS)]
    return [float(amount) + carried for amount in (first, *later)]


def cost_of_a_per_cent(caseload: Caseload, prices: Prices) -> float:
    """Pounds of the first year for each per cent of growth over it."""
    shares = [float(elapsed(caseload.terms, term)) for term in caseload.terms]
    pairs = zip(caseload.states, price(caseload, prices).amounts, strict=True)
    return sum(amount * shares[state.term] for state, amount in pairs) / PENCE / 100


def monthly_of(known: Known) -> Sequence[Joining]:
    return known.terms.growth.monthly if known.terms.growth else []


def coming_of(caseload: Caseload, supposed: Supposed, kind: Joining) -> Coming:
    annual = average_value(caseload, supposed.prices, kind, supposed.bands)
    terms = caseload.terms
    days = months_from(dt.date.fromordinal(terms[0].start), max(term.end for term in terms))
    months = [
        sum(
            share_of(annual, term, term.end - max(day, term.start) + 1)
            for term in terms
            if max(day, term.start) <= term.end
        )
        / PENCE
        for day in days
    ]
    return Coming(kind.joiners, kind.leavers, annual / PENCE, months)


def spread_of(caseload: Caseload, missing: Sequence[Imputed]) -> tuple[float, float, float]:
    """Pounds of the first year for pupils without a band, the standard deviation of that, and how
    many times as much they cost in a later year, those of the last day all year.
    """
    if not missing:
        return 0.0, 0.0, 1.0
    mean = sum(each.amount for each in missing) / PENCE
    shares: dict[int, Fraction] = {}
    kinds = {each.state.pupil: each.alike for each in missing}
    for each in missing:
        share = Fraction(*caseload.parts(each.state, each.state.start, each.state.end))
        shares[each.state.pupil] = shares.get(each.state.pupil, Fraction(0)) + share
    of_kind: dict[int, float] = {}
    variance = 0.0
    for pupil, share in shares.items():
        alike = kinds[pupil]
        variance += float(share) ** 2 * float(alike.variance)
        of_kind[id(alike)] = of_kind.get(id(alike), 0.0) + float(share)
    for alike in {id(alike): alike for alike in kinds.values()}.values():
        # The average of those alike is itself known from so many pupils alone.
        variance += of_kind[id(alike)] ** 2 * float(alike.variance) / alike.pupils
    end = max(term.end for term in caseload.terms)
    last = [each for each in missing if each.state.end == end]
    later = float(sum(each.alike.average for each in last)) / PENCE
    return mean, variance**0.5 / PENCE, later / mean if mean else 1.0
