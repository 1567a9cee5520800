"""A scenario costs what the run engine pays, to the penny, on random caseloads (F14)."""

import datetime as dt
from decimal import Decimal

import pytest

from funding.choices import LineKind
from funding.models import BandValue, FundingPolicy, Line, Period, Run
from funding.scenarios.preparing import model_scenario
from funding.scenarios.terms import Scenario, read_scenario
from funding.services.runs import calculate_run
from tests.funding.random_caseload import LA_CODE, RandomCaseload
from tests.funding.random_rules import protection

SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(4, 12))]
PUPILS = 300
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["calendar_days", "whole_period", "school_days"])
def method(request, settings):
    settings.LA_CODE = LA_CODE
    return request.param


def terms(**wanted) -> Scenario:
    found, issues = read_scenario({"name": "Today", "year": "2026-27", **wanted})
    assert issues == []
    return found


def first_runs(caseload: RandomCaseload) -> list[Run]:
    return [calculate_run(period=period, by=None) for period in Period.objects.order_by("start")]


def two_periods(caseload: RandomCaseload) -> None:
    """A second period follows, in which the facts are those of the first one's last days."""
    first = caseload.period
    day = first.end + dt.timedelta(days=1)
    Period.objects.create(
        calendar=first.calendar, code="later", name="Later", start=day,
        end=day + dt.timedelta(days=29), count_date=day + dt.timedelta(days=2),
        numerator=2, denominator=7,
    )  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_today_costs_what_the_first_runs_pay(seed, method):
    caseload = RandomCaseload(seed, method, PUPILS)
    two_periods(caseload)
    protection(seed)
    runs = first_runs(caseload)
    outcome = model_scenario(terms())
    assert outcome.total == sum(run.control_total for run in runs) > 0
    assert outcome.today == outcome.total
    assert (outcome.pupils.winners, outcome.pupils.losers) == (0, 0)
    for table in outcome.tables.values():
        assert sum(table.values()) == outcome.total
    by_term = {run.period.code: run.control_total for run in runs}
    assert outcome.tables["term"] == by_term
    assert outcome.extras > 0
    assert outcome.kept == sum(
        Line.objects.filter(run__in=runs, kind=LineKind.PROTECTION).values_list("amount", flat=True)
    )
    assert outcome.kept or method == "whole_period"


@pytest.mark.parametrize("seed", SEEDS)
def test_listed_values_cost_what_they_would_if_they_were_real(seed, method):
    """The values are put in the place of today's, and the run pays what was foretold."""
    caseload = RandomCaseload(seed, method, PUPILS)
    framework = caseload.bands[seed % 4].framework
    bands = [band for band in caseload.bands if band.framework_id == framework.pk]
    listed = [
        {"band": band.code, "sector": sector, "annual_value": caseload.random.choice([900, 1750])}
        for band in bands
        for sector in ("mainstream", "special")
    ]
    go_live = {"special": str(caseload.period.start + dt.timedelta(days=17))}
    outcome = model_scenario(terms(framework=framework.code, values=listed, go_live=go_live))
    begins = {sector: dt.date.fromisoformat(day) for sector, day in go_live.items()}
    for value in listed:
        day = begins.get(value["sector"], caseload.period.start)
        band = next(each for each in bands if each.code == value["band"])
        key = {"band": band, "sector": value["sector"]}
        BandValue.objects.filter(**key, effective_from__gte=day).delete()
        annual = Decimal(value["annual_value"])
        BandValue.objects.create(**key, effective_from=day, annual_value=annual)
    pay_by(framework, {"mainstream": caseload.period.start, **begins})
    assert outcome.total == calculate_run(period=caseload.period, by=None).control_total


def pay_by(framework, begins) -> None:
    for sector, day in begins.items():
        FundingPolicy.objects.filter(sector=sector, effective_from__gte=day).delete()
        FundingPolicy.objects.create(sector=sector, framework=framework, effective_from=day)


def test_protection_never_lowers_anyone(method):
    caseload = RandomCaseload(3, method, PUPILS)
    code = caseload.bands[0].framework.code
    BandValue.objects.filter(annual_value=None).update(annual_value=Decimal("2500.01"))
    listed = [
        {"band": band, "sector": sector, "annual_value": 700}
        for band in "AB"
        for sector in ("mainstream", "special")
    ]
    plain = model_scenario(terms(framework=code, values=listed))
    ways = [
        {"floor": 98.5},
        {"floor": 100, "years": 3},
        {"per": "school", "floor": 95},
        {"weights": [25, 50, 75]},
        {"per": "school", "weights": [0]},
    ]
    for way in ways:
        outcome = model_scenario(terms(framework=code, values=listed, protection=way))
        assert outcome.total == plain.total + outcome.protection
        assert outcome.protection > 0
        assert outcome.protection_by_year[0] == outcome.protection
        pairs = zip(outcome.pupils.changes, plain.pupils.changes, strict=True)
        assert all(kept >= bare for kept, bare in pairs)
        for table in outcome.tables.values():
            assert sum(table.values()) == outcome.total
    whole = model_scenario(terms(framework=code, values=listed, protection={"floor": 100}))
    assert whole.pupils.losers == 0
