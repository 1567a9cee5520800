from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funding.calculation import (
    AgreedBand,
    BandValue,
    FundingException,
    FundingRules,
    PayingFramework,
    Period,
    Placement,
    Plan,
    PupilHistory,
    SchoolCalendar,
    calculate_caseload,
    calculate_pupil,
)
from schools.choices import PlanType

AUTUMN = Period("autumn", date(2026, 9, 1), date(2026, 12, 31), 4, 12, date(2026, 10, 1))
START = date(2026, 1, 1)
VALUES = (
    BandValue("old", "1", "mainstream", START, Decimal("1200.00")),
    BandValue("old", "2", "mainstream", START, Decimal("2400.00")),
    BandValue("old", "1", "special", START, Decimal("3600.00")),
    BandValue("new", "A", "mainstream", START, Decimal("6000.00")),
    BandValue("old", "9", "mainstream", START, None),
)
HERE = Placement(100001, "mainstream", START)
THERE = Placement(100002, "mainstream", START)
PLAN = Plan(PlanType.EHCP, START)
BAND_1 = AgreedBand("old", "1", START)


def rules(method="calendar_days", **changes):
    return FundingRules(**{"la_code": "881", "method": method, "values": VALUES} | changes)


def pupil(placements=(HERE,), plans=(PLAN,), bands=(BAND_1,), la="881", pupil_id="P1"):
    return PupilHistory(pupil_id, la, placements, plans, bands)


def result(*args, period=AUTUMN, **kwargs):
    return calculate_pupil(*args, period=period, rules=kwargs.pop("rules", rules()), **kwargs)


def brief(lines):
    """School, basis, band, annual value, start, end, days, kind and amount of each line."""
    return [
        (
            line.state.placement.urn,
            line.state.plan.basis,
            line.state.agreed_band.band,
            line.state.annual,
            line.start.strftime("%d %b"),
            line.end.strftime("%d %b"),
            line.days,
            line.kind,
            line.amount,
        )
        for line in lines
    ]


def dates(lines):
    return [(line.start, line.end) for line in lines]


def test_whole_period_in_one_state_is_one_line():
    assert brief(result(pupil()).lines) == [
        (100001, PlanType.EHCP, "1", Decimal("1200.00"), "01 Sep", "31 Dec", 122, "allocation", 400)
    ]


def test_start_and_end_both_count():
    placement = Placement(100001, "mainstream", date(2026, 10, 31), date(2026, 11, 1))
    (line,) = result(pupil([placement])).lines
    assert (line.days, line.amount) == (2, Decimal("6.56"))


def test_placement_of_one_day_on_the_last_day_of_the_period_is_a_line():
    placement = Placement(100001, "mainstream", date(2026, 12, 31))
    assert dates(result(pupil([placement])).lines) == [(AUTUMN.end, AUTUMN.end)]


@pytest.mark.parametrize(
    "without",
    [
        {"placements": ()},
        {"plans": ()},
        {"bands": ()},
        {"placements": [Placement(100001, "mainstream", START, date(2026, 8, 31))]},
        {"plans": [Plan(PlanType.EHCP, date(2027, 1, 1))]},
        {"bands": [AgreedBand("old", "1", date(2027, 1, 1))]},
    ],
)
def test_pupil_lacking_one_of_school_plan_and_band_has_no_line(without):
    assert result(pupil(**without)).lines == ()


def test_a_gap_of_one_day_splits_the_line():
    plans = [Plan(PlanType.EHCP, START, date(2026, 9, 30)), Plan(PlanType.EHCP, date(2026, 10, 2))]
    assert dates(result(pupil(plans=plans)).lines) == [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 10, 2), date(2026, 12, 31)),
    ]


def test_a_move_gives_a_line_at_each_school():
    moved = [
        Placement(100001, "mainstream", START, date(2026, 9, 30)),
        Placement(100002, "special", date(2026, 10, 1)),
    ]
    assert brief(result(pupil(moved)).lines) == [
        (100001, PlanType.EHCP, "1", 1200, "01 Sep", "30 Sep", 30, "allocation", Decimal("98.36")),
        (100002, PlanType.EHCP, "1", 3600, "01 Oct", "31 Dec", 92, "allocation", Decimal("904.92")),
    ]


def test_facts_that_change_nothing_do_not_split_the_line():
    """A band decided again, a plan or placement recorded anew, the same value set again."""
    day = date(2026, 10, 10)
    before = day - timedelta(days=1)
    same = pupil(
        [Placement(100001, "mainstream", START, before), Placement(100001, "mainstream", day)],
        [Plan(PlanType.EHCP, START, before), Plan(PlanType.EHCP, day)],
        [BAND_1, AgreedBand("old", "1", day)],
    )
    again = (*VALUES, BandValue("old", "1", "mainstream", day, Decimal(1200)))
    (line,) = result(same, rules=rules(values=again)).lines
    assert (line.start, line.end) == (AUTUMN.start, AUTUMN.end)
    assert line.state.agreed_band.effective_from == START


def test_overlap_pays_the_placement_that_started_later_and_is_an_exception():
    later = Placement(100000, "mainstream", date(2026, 10, 1))
    earlier = Placement(100001, "mainstream", START, date(2026, 10, 3))
    found = result(pupil([later, earlier]))
    assert [(line.state.placement.urn, line.start) for line in found.lines] == [
        (100001, date(2026, 9, 1)),
        (100000, date(2026, 10, 1)),
    ]
    assert found.exceptions == (
        FundingException("overlap", "P1", 100000, date(2026, 10, 1), date(2026, 10, 3), 100001),
    )


@pytest.mark.parametrize("order", [(HERE, THERE), (THERE, HERE)])
def test_overlap_from_the_same_day_pays_the_higher_urn(order):
    found = result(pupil(order))
    assert [line.state.placement.urn for line in found.lines] == [100002]
    assert [(e.urn, e.other_urn) for e in found.exceptions] == [(100002, 100001)]


def test_overlap_twice_is_two_exceptions():
    visits = [
        Placement(100002, "mainstream", date(2026, 9, 10), date(2026, 9, 11)),
        Placement(100002, "mainstream", date(2026, 9, 20), date(2026, 9, 20)),
    ]
    found = result(pupil([HERE, *visits])).exceptions
    assert [(e.start.day, e.end.day) for e in found] == [(10, 11), (20, 20)]


def test_ehcp_comes_before_sen_support():
    plans = [
        Plan(PlanType.SEN_SUPPORT, date(2026, 10, 1)),
        Plan(PlanType.EHCP, START, date(2026, 11, 30)),
    ]
    moderated = AgreedBand("old", "1", START, counts_for_sen_support=True)
    lines = result(pupil(plans=plans, bands=[moderated])).lines
    assert [(line.state.plan.basis, line.end) for line in lines] == [
        (PlanType.EHCP, date(2026, 11, 30)),
        (PlanType.SEN_SUPPORT, date(2026, 12, 31)),
    ]


def test_sen_support_is_paid_on_a_moderated_band_only():
    by_school = AgreedBand("old", "2", date(2026, 9, 1))
    moderated = AgreedBand("old", "1", date(2026, 10, 1), counts_for_sen_support=True)
    lines = result(
        pupil(plans=[Plan(PlanType.SEN_SUPPORT, START)], bands=[by_school, moderated])
    ).lines
    assert [(line.state.agreed_band.band, line.start) for line in lines] == [
        ("1", date(2026, 10, 1))
    ]
    ehcp = result(pupil(bands=[by_school, moderated])).lines
    assert [line.state.agreed_band.band for line in ehcp] == ["2", "1"]


def test_of_two_bands_from_one_day_the_later_recorded_counts():
    bands = [AgreedBand("old", "1", START, sequence=2), AgreedBand("old", "2", START, sequence=1)]
    assert [line.state.agreed_band.band for line in result(pupil(bands=bands)).lines] == ["1"]


def test_value_change_inside_the_period_splits_the_line():
    values = (*VALUES, BandValue("old", "1", "mainstream", date(2026, 11, 1), Decimal(1440)))
    lines = result(pupil(), rules=rules(values=values)).lines
    assert [(line.start, line.state.annual, line.amount) for line in lines] == [
        (date(2026, 9, 1), 1200, 200),
        (date(2026, 11, 1), 1440, 240),
    ]


@pytest.mark.parametrize("band", ["9", "8"])
def test_band_without_a_value_is_an_unvalued_line(band):
    """Band 9 has an empty value, band 8 none at all."""
    (line,) = result(pupil(bands=[AgreedBand("old", band, START)])).lines
    assert (line.kind, line.amount, line.days) == ("unvalued", None, 122)


def test_value_that_becomes_unknown_is_not_paid_at_the_earlier_amount():
    values = (*VALUES, BandValue("old", "1", "mainstream", date(2026, 9, 2), None))
    lines = result(pupil(), rules=rules(values=values)).lines
    assert [(line.kind, line.days) for line in lines] == [("allocation", 1), ("unvalued", 121)]


@pytest.mark.parametrize(("band", "annual"), [("1", Decimal("1200.00")), ("9", None)])
def test_pupil_of_another_authority_is_for_information(band, annual):
    (line,) = result(pupil(bands=[AgreedBand("old", band, START)], la="919")).lines
    assert (line.kind, line.amount, line.state.annual) == ("other_la", Decimal("0.00"), annual)


def test_policy_names_the_framework_that_pays_by_sector_and_date():
    both = [BAND_1, AgreedBand("new", "A", date(2026, 9, 1))]
    policy = [
        PayingFramework("mainstream", "old", START),
        PayingFramework("mainstream", "new", date(2026, 12, 1)),
        PayingFramework("special", "new", START),
    ]
    lines = result(pupil(bands=both), rules=rules(paying_frameworks=policy)).lines
    assert [(line.state.agreed_band.band, line.start) for line in lines] == [
        ("1", date(2026, 9, 1)),
        ("A", date(2026, 12, 1)),
    ]


def test_policy_framework_without_a_band_pays_nothing():
    policy = [PayingFramework("mainstream", "new", START)]
    assert result(pupil(), rules=rules(paying_frameworks=policy)).lines == ()


def test_latest_band_of_any_framework_counts_without_a_policy():
    both = [BAND_1, AgreedBand("new", "A", date(2026, 12, 1))]
    bands = [line.state.agreed_band.band for line in result(pupil(bands=both)).lines]
    assert bands == ["1", "A"]


def test_whole_period_counts_the_state_on_the_count_date():
    placement = Placement(100001, "mainstream", date(2026, 10, 1), date(2026, 10, 1))
    values = (*VALUES, BandValue("old", "1", "mainstream", date(2026, 10, 2), Decimal(1)))
    (line,) = result(pupil([placement]), rules=rules("whole_period", values=values)).lines
    assert (line.start, line.end, line.days) == (AUTUMN.start, AUTUMN.end, 122)
    assert line.amount == Decimal("400.00")


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 2)])
def test_whole_period_ignores_every_other_day(day):
    placement = Placement(100001, "mainstream", day, day)
    assert result(pupil([placement]), rules=rules("whole_period")).lines == ()


def test_school_days_are_divided_by_those_of_the_financial_year():
    weekdays = frozenset(
        day
        for day in (date(2026, 4, 1) + timedelta(days=n) for n in range(365))
        if day.weekday() < 5
    )
    calendar = SchoolCalendar(weekdays | {date(2026, 3, 31), date(2027, 4, 1)})
    placement = Placement(100001, "mainstream", date(2026, 9, 5), date(2026, 9, 14))
    with_days = rules("school_days", school_calendar=calendar)
    (line,) = result(pupil([placement]), rules=with_days).lines
    assert (line.days, line.school_days, line.year_school_days) == (10, 6, 261)
    assert line.amount == Decimal("27.59")


def test_school_days_method_without_a_calendar_is_refused():
    with pytest.raises(ValueError, match="needs a calendar"):
        result(pupil(), rules=rules("school_days"))


@pytest.mark.parametrize(
    ("la", "expected"),
    [
        ("881", [("no_agreed_band", date(2026, 9, 1), date(2026, 10, 31))]),
        ("919", []),
    ],
)
def test_own_pupil_without_an_agreed_band_is_an_exception(la, expected):
    late = AgreedBand("old", "1", date(2026, 11, 1))
    found = result(pupil(bands=[late], la=la)).exceptions
    assert [(e.kind, e.start, e.end) for e in found] == expected


def test_caseload_is_in_order_of_pupil():
    pupils = [pupil(pupil_id="P2"), pupil(pupil_id="P1")]
    lines = calculate_caseload(pupils, AUTUMN, rules())
    assert [line.pupil_id for line in lines] == ["P1", "P2"]


days_near = st.integers(-40, 160).map(lambda n: AUTUMN.start + timedelta(days=n))
ends = st.none() | days_near
spans = st.tuples(days_near, ends).filter(lambda span: span[1] is None or span[0] <= span[1])
placements = st.builds(
    lambda urn, span: Placement(100000 + urn, "mainstream", *span), st.integers(1, 3), spans
)
plans = st.builds(
    lambda basis, span: Plan(basis, *span),
    st.sampled_from([PlanType.EHCP, PlanType.SEN_SUPPORT]),
    spans,
)
bands = st.builds(
    AgreedBand,
    st.just("old"),
    st.sampled_from(["1", "2", "9"]),
    days_near,
    st.booleans(),
    st.integers(0, 3),
)
histories = st.builds(
    PupilHistory,
    st.just("P1"),
    st.sampled_from(["881", "919"]),
    st.lists(placements, max_size=3),
    st.lists(plans, max_size=3),
    st.lists(bands, max_size=3),
)


@settings(max_examples=60)
@given(histories)
def test_lines_lie_apart_within_the_period_and_neighbours_differ(history):
    lines = calculate_pupil(history, AUTUMN, rules()).lines
    for line in lines:
        assert AUTUMN.start <= line.start <= line.end <= AUTUMN.end
        assert line.days == (line.end - line.start).days + 1
    for earlier, later in pairwise(lines):
        assert earlier.end < later.start
        touching = earlier.end + timedelta(days=1) == later.start
        assert not (touching and earlier.state.key == later.state.key)


@settings(max_examples=60)
@given(histories, st.randoms(use_true_random=False))
def test_order_of_the_facts_does_not_matter(history, random):
    shuffled = [list(history.placements), list(history.plans), list(history.agreed_bands)]
    for facts in shuffled:
        random.shuffle(facts)
    again = PupilHistory(history.pupil_id, history.responsible_la, *shuffled)
    keys = [
        [(line.state.key, line.start, line.end, line.amount) for line in found.lines]
        for found in (calculate_pupil(one, AUTUMN, rules()) for one in (history, again))
    ]
    assert keys[0] == keys[1]
