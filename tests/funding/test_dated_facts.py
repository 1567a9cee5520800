"""Money reads the responsible authority and the school's sector on each day (F3, F6, F8, S11)."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funding.models import Line
from funding.selectors.lines import line_working
from funding.services.runs import calculate_run
from schools.models import Pupil, School
from schools.services.history import always_true, true_from
from tests.banding.races import at_once
from tests.factories import PeriodFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = dt.date(2026, 9, 1), dt.date(2026, 11, 1)
OCTOBER_ENDS, AUTUMN_ENDS = dt.date(2026, 10, 31), dt.date(2026, 12, 31)


@pytest.fixture
def autumn(db):
    """£10 a day in mainstream schools, £20 in special ones, 122 days."""
    set_value()
    set_value(annual="7320.00", sector="special")
    return PeriodFactory()


def spring(autumn):
    return PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
        numerator=3,
    )


def move(pupil, to: str) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(responsible_la=to)


def convert(school, to: str) -> None:
    School.objects.filter(pk=school.pk).update(sector=to)


def lines_of(run) -> list[tuple]:
    rows = run.lines.order_by("period__start", "start")
    return [(row.kind, row.start, row.end, row.responsible_la, row.amount) for row in rows]


def adjusted(run) -> list[Decimal]:
    return [row.amount for row in run.lines.filter(kind="adjustment")]


def total(*runs) -> Decimal:
    return Line.objects.filter(run__in=runs).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def test_authority_changing_in_the_term_splits_the_line(autumn):
    pupil = funded_pupil()
    with true_from(NOVEMBER):
        move(pupil, "998")
    assert lines_of(calculate_run(period=autumn, by=None)) == [
        ("allocation", SEPTEMBER, OCTOBER_ENDS, "999", Decimal("610.00")),
        ("other_la", NOVEMBER, AUTUMN_ENDS, "998", Decimal("0.00")),
    ]


def test_sector_changing_in_the_term_splits_the_line(autumn):
    school = funded_pupil().placements.get().school
    with true_from(NOVEMBER):
        convert(school, "special")
    assert lines_of(calculate_run(period=autumn, by=None)) == [
        ("allocation", SEPTEMBER, OCTOBER_ENDS, "999", Decimal("610.00")),
        ("allocation", NOVEMBER, AUTUMN_ENDS, "999", Decimal("1220.00")),
    ]


def test_sector_of_the_same_value_leaves_one_line(autumn):
    set_value(sector="independent")
    school = funded_pupil().placements.get().school
    with true_from(NOVEMBER):
        convert(school, "independent")
    assert lines_of(calculate_run(period=autumn, by=None)) == [
        ("allocation", SEPTEMBER, AUTUMN_ENDS, "999", Decimal("1220.00")),
    ]


def test_change_of_today_leaves_a_published_term_alone(autumn):
    """The bug: it repriced every published term."""
    pupil = funded_pupil()
    school = pupil.placements.get().school
    first = published(autumn)
    with true_from(dt.date(2027, 1, 4)):
        move(pupil, "998")
        convert(school, "special")
    run = calculate_run(period=spring(autumn), by=None)
    assert adjusted(run) == []
    assert [(kind, start.day) for kind, start, *_ in lines_of(run)] == [
        ("allocation", 1),
        ("other_la", 4),
    ]
    assert total(first) == Decimal("1220.00")


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda pupil, school: move(pupil, "998"), "-610.00"),
        (lambda pupil, school: convert(school, "special"), "610.00"),
    ],
    ids=["authority", "sector"],
)
def test_change_from_a_day_of_a_published_term_adjusts_the_days_since(autumn, change, difference):
    pupil = funded_pupil()
    published(autumn)
    with true_from(NOVEMBER):
        change(pupil, pupil.placements.get().school)
    assert adjusted(calculate_run(period=spring(autumn), by=None)) == [Decimal(difference)]


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda pupil, school: move(pupil, "998"), "-1220.00"),
        (lambda pupil, school: convert(school, "special"), "1220.00"),
    ],
    ids=["authority", "sector"],
)
def test_mistake_put_right_reprices_by_adjustment(autumn, change, difference):
    pupil = funded_pupil()
    published(autumn)
    with always_true():
        change(pupil, pupil.placements.get().school)
    assert adjusted(calculate_run(period=spring(autumn), by=None)) == [Decimal(difference)]


def test_pupil_of_another_authority_until_a_day_has_no_exception_before_it(autumn):
    pupil = funded_pupil(code=None, responsible_la="998")
    with true_from(NOVEMBER):
        move(pupil, "999")
    run = calculate_run(period=autumn, by=None)
    [missing] = run.exceptions.all()
    assert (missing.kind, missing.start, missing.end) == ("no_agreed_band", NOVEMBER, AUTUMN_ENDS)


def test_line_says_whose_the_pupil_was_then(autumn):
    pupil = funded_pupil(responsible_la="998")
    run = calculate_run(period=autumn, by=None)
    move(pupil, "997")
    line = run.lines.select_related("period__calendar", "band", "decision").get()
    begins = "£0.00, for information: Eastmere (998) is responsible for this pupil."
    assert line_working(line).startswith(begins)


def test_policy_of_the_sector_of_the_day_pays(autumn):
    """A framework that pays in special schools alone pays from the day the school is one."""
    from funding.models import FundingPolicy
    from tests.factories import FrameworkFactory

    other = FrameworkFactory(code="other")
    FundingPolicy.objects.create(
        sector="mainstream", framework=other, effective_from=dt.date(2020, 1, 1)
    )
    school = funded_pupil().placements.get().school
    with true_from(NOVEMBER):
        convert(school, "special")
    assert lines_of(calculate_run(period=autumn, by=None)) == [
        ("allocation", NOVEMBER, AUTUMN_ENDS, "999", Decimal("1220.00")),
    ]


STEP = st.tuples(
    st.sampled_from(["move", "was", "convert", "was_sector", "publish"]),
    st.booleans(),
    st.integers(0, 130),
)


def take(step, pupil, school, period) -> None:
    kind, first, days = step
    if kind == "publish":
        published(period)
        return
    day = dt.date(2026, 8, 28) + dt.timedelta(days)
    authority, sector = ("998", "special") if first else ("999", "mainstream")
    with always_true() if kind.startswith("was") else true_from(day):
        if kind in ("move", "was"):
            move(pupil, authority)
        else:
            convert(school, sector)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=6))
def test_any_changes_leave_published_and_adjusted_equal_to_a_fresh_calculation(steps):
    with transaction.atomic():
        set_value()
        set_value(annual="7320.00", sector="special")
        period, pupil = PeriodFactory(), funded_pupil()
        school = pupil.placements.get().school
        published(period)
        for step in steps:
            take(step, pupil, school, period)
        published(period)
        paid = Counter()
        for line in Line.objects.filter(pupil=pupil):
            paid[line.period.code] += line.amount
        assert paid[period.code] == fresh(pupil, school, period)
        transaction.set_rollback(True)


def fresh(pupil, school, period) -> int:
    """£10 or £20 a day on which the pupil is the authority's, from the kept facts alone."""
    pupil.refresh_from_db()
    school.refresh_from_db()
    due = 0
    for number in range(period.days):
        day = period.start + dt.timedelta(number)
        authority = pupil.former_facts.filter(kind="responsible_la", until__gte=day).first()
        sector = school.former_sectors.filter(until__gte=day).first()
        if (authority.value if authority else pupil.responsible_la) == "999":
            due += 20 if (sector or school).sector == "special" else 10
    return due


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "due"),
    [
        (lambda pupil, school: move(pupil, "998"), 610),
        (lambda pupil, school: convert(school, "special"), 1830),
    ],
    ids=["authority", "sector"],
)
def test_change_during_a_calculation_is_paid_once(change, due):
    set_value()
    set_value(annual="7320.00", sector="special")
    pupil, period = funded_pupil(), PeriodFactory()
    school, first = pupil.placements.get().school, published(period)

    def change_it():
        with true_from(NOVEMBER):
            change(pupil, school)

    results = at_once([lambda: calculate_run(period=period, by=None), change_it])
    assert not [each for each in results if isinstance(each, Exception)]
    assert total(first, published(period)) == due
