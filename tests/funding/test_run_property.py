"""Q16: the set-based run equals the plain-Python rules on random caseloads, every line."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from funding import calculation
from funding.choices import ASKED_ONCE_A_YEAR, FOR_SCHOOLS, ExceptionKind, LineKind
from funding.services.runs import calculate_run
from tests.funding.random_caseload import LA_CODE, RandomCaseload
from tests.funding.random_rules import protection, school_amounts

FEW = range(4)
SEEDS = [*FEW, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(4, 20))]
"""Each of 500 pupils in three methods: 6,000 histories in every run, 24,000 more in `make soak`."""
PUPILS = 500
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["calendar_days", "whole_period", "school_days"])
def method(request, settings):
    settings.LA_CODE = LA_CODE
    return request.param


@pytest.mark.parametrize("seed", SEEDS)
def test_run_equals_the_plain_rules(seed, method):
    caseload = RandomCaseload(seed, method, PUPILS)
    protected_by = protection(seed)
    rates, given = school_amounts(seed, caseload.schools, caseload.bands)
    run = calculate_run(period=caseload.period, by=None)
    period, rules = caseload.period_of_rules, replace(caseload.rules, school_rates=rates)
    results = [calculation.calculate_pupil(pupil, period, rules) for pupil in caseload.pupils]
    lines = [line for result in results for line in result.lines]
    assert stored_lines(run) == sorted(expected_line(line) for line in lines)
    assert len(lines) > PUPILS / 20
    extra = [
        line
        for pupil in caseload.pupils
        for line in calculation.exceptional_lines(pupil, period, rules)
    ]
    assert stored_exceptional(run) == sorted(expected_exceptional(line) for line in extra)
    assert extra
    protects = [
        line
        for pupil in caseload.pupils
        for line in calculation.protection_lines(pupil, period, rules, protected_by)
    ]
    assert stored_protection(run) == sorted(expected_protection(line) for line in protects)
    check_schools(run, given, (period, rules), (lines, extra, protects))
    # A sample of the long tests may happen to have one kind only; each of every run has both.
    assert (
        len({line.rule.kind for line in protects}) >= (2 if seed in FEW else 1)
        or method == "whole_period"
    )
    listed = [exception for result in results for exception in result.exceptions]
    assert stored_exceptions(run) == sorted(
        (e.kind, e.pupil_id, e.urn, e.other_urn or 0, e.start, e.end) for e in listed
    )
    claims = [calculation.claim_of(line) for line in lines if line.kind == LineKind.OTHER_LA]
    assert any(claims) and None in claims  # noqa: PT018
    looked_back = facts_looked_back_for(lines, caseload.pupils)
    assert looked_back == (True, True)
    kinds = {e.kind for e in listed}
    looked_for = {ExceptionKind.OVERLAP, ExceptionKind.STAYING_ON, ExceptionKind.NO_AGREED_BAND}
    assert kinds >= looked_for | {ExceptionKind.NO_SCHOOL, ExceptionKind.NOT_OPEN}


def check_schools(run, given, rules, for_pupils) -> None:
    """F24: what schools are paid themselves; that some lines rest on a rate of the school's own."""
    lines, *_ = for_pupils
    own = {rate.starts_on for rate in rules[1].school_rates}
    assert own & {line.state.value.effective_from for line in lines if line.state.value}
    found = list(calculation.school_lines(given, *rules, paid_by_school(*for_pupils)))
    assert stored_for_schools(run) == sorted(
        (line.kind, line.urn, line.start, line.end, str(line.amount)) for line in found
    )
    assert {line.kind for line in found} == {"lump_sum", "minimum"}


def facts_looked_back_for(lines, pupils) -> tuple[bool, bool]:
    """Whether a line rests on a former authority, and one on a former sector of its school."""
    now = {pupil.pupil_id: pupil.responsible_la for pupil in pupils}
    return (
        any(line.state.responsible_la != now[line.pupil_id] for line in lines),
        any(
            former.value != line.state.placement.sector and former.until >= line.start
            for line in lines
            for former in line.state.placement.former_sectors
        ),
    )


def stored_lines(run) -> list[tuple]:
    beside = [LineKind.EXCEPTIONAL, LineKind.PROTECTION, *FOR_SCHOOLS]
    rows = run.lines.exclude(kind__in=beside).select_related(
        "pupil", "school", "framework", "band", "decision"
    )
    return sorted(
        (
            line.pupil.reference,
            line.start,
            line.end,
            line.days,
            line.period_days,
            int(line.school.urn),
            line.basis,
            line.framework.code,
            line.band.code,
            line.kind,
            str(line.annual_value),
            str(line.amount),
            str(line.claim),
            line.on_roll_from,
            str(line.on_roll_to),
            line.plan_from,
            str(line.plan_to),
            line.decision.effective_from,
            str(line.value_from),
            line.responsible_la,
        )
        for line in rows
    )


def expected_line(line: calculation.CalculatedLine) -> tuple:
    state = line.state
    urn, basis, framework, band, annual, responsible = state.key
    return (
        line.pupil_id,
        line.start,
        line.end,
        line.days,
        line.period_days,
        urn,
        basis,
        framework,
        band,
        line.kind,
        str(annual),
        str(line.amount),
        str(calculation.claim_of(line)),
        state.placement.start,
        str(state.placement.end),
        state.plan.start,
        str(state.plan.end),
        state.agreed_band.effective_from,
        str(state.value.effective_from if state.value else None),
        responsible,
    )


def stored_exceptional(run) -> list[tuple]:
    rows = run.lines.filter(kind=LineKind.EXCEPTIONAL)
    return sorted(
        (
            *(line.pupil.reference, line.start, line.end, line.days, int(line.school.urn)),
            *(line.basis, line.band.code, line.plan_from, line.decision.effective_from),
            *(str(line.annual_value), line.value_from, str(line.amount)),
        )
        for line in rows.select_related("pupil", "school", "band", "decision")
    )


def expected_exceptional(line: calculation.ExceptionalLine) -> tuple:
    state, agreed = line.state, line.agreed
    return (
        *(line.pupil_id, line.start, line.end, line.days, state.placement.urn),
        *(state.plan.basis, state.agreed_band.band, state.plan.start),
        *(state.agreed_band.effective_from, str(agreed.annual), agreed.starts_on),
        str(line.amount),
    )


def stored_protection(run) -> list[tuple]:
    rows = run.lines.filter(kind=LineKind.PROTECTION).select_related("pupil", "school")
    return sorted(
        (line.pupil.reference, int(line.school.urn), line.start, line.end, str(line.amount))
        for line in rows
    )


def expected_protection(line: calculation.ProtectionLine) -> tuple:
    return line.pupil_id, line.urn, line.start, line.end, str(line.amount)


def paid_by_school(lines, extra, protects) -> dict[int, Decimal]:
    """What each school is paid for its pupils."""
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.kind == LineKind.ALLOCATION:
            paid[line.state.placement.urn] += line.amount
    for line in extra:
        paid[line.state.placement.urn] += line.amount
    for line in protects:
        paid[line.urn] += line.amount
    return paid


def stored_for_schools(run) -> list[tuple]:
    rows = run.lines.filter(kind__in=FOR_SCHOOLS).select_related("school")
    return sorted(
        (line.kind, int(line.school.urn), line.start, line.end, str(line.amount)) for line in rows
    )


def stored_exceptions(run) -> list[tuple]:
    """But for who is doubtful, which the plain rules say nothing of (see test_doubtful.py)."""
    rows = run.exceptions.exclude(kind__in=ASKED_ONCE_A_YEAR)
    rows = rows.select_related("pupil", "school", "other_school")
    return sorted(
        (
            row.kind,
            row.pupil.reference,
            int(row.school.urn),
            int(row.other_school.urn) if row.other_school else 0,
            row.start,
            row.end,
        )
        for row in rows
    )
