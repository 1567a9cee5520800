"""Totals, the comparison with the last period, and workings: all from stored lines."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from banding_portal.roles import Role
from banding_portal.words import day
from funding.models import Line
from funding.section_251 import section_251_line
from funding.selectors.lines import line_working, lines_to_read
from funding.selectors.movements import compare_with_last_period
from funding.selectors.runs import (
    run_totals,
    totals_by_kind,
    totals_by_school,
    totals_by_section_251,
    totals_by_sector,
)
from funding.selectors.summaries import summary_of, work_out_summary
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import PeriodFactory, PlacementFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil, set_value
from tests.funding.random_caseload import LA_CODE, RandomCaseload

pytestmark = pytest.mark.django_db


def publish(period):
    run = calculate_run(period=period, by=person(Role.FINANCE_OFFICER))
    send_for_checking(run=run, by=person(Role.FINANCE_OFFICER))
    return publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


def test_totals_of_every_table_are_the_control_total(autumn):
    set_value("B", "1220.00", sector="special")
    primary = SchoolFactory(name="Alder Primary", type_code=1, type_group_code=4)
    special = SchoolFactory(
        name="Birch School", type_code=7, type_group_code=5, sector="special", phase=""
    )
    academy = SchoolFactory(name="Cedar Academy", type_code=34, type_group_code=10)
    for school in (primary, primary, special, academy):
        funded_pupil(school)
    funded_pupil(academy, responsible_la="998")
    funded_pupil(academy, "A")
    run = calculate_run(period=autumn, by=None)
    assert run.control_total == Decimal("4066.67")
    assert run_totals(run).as_dict() == {
        "lines": 6,
        "pupils": 4,
        "schools": 3,
        "allocation_total": Decimal("4066.67"),
        "adjustment_total": Decimal("0.00"),
        "exceptional_total": Decimal("0.00"),
        "protection_total": Decimal("0.00"),
        "unvalued": 1,
        "other_la": 1,
        "exceptions": 1,
        "for_schools_total": Decimal("0.00"),
        "recovery_total": Decimal("0.00"),
        "recoupment_total": Decimal("1220.00"),
    }
    assert [
        (row["school_name"], row["lines"], row["amount"], row["unvalued"])
        for row in totals_by_school(run)
    ] == [
        ("Alder Primary", 2, Decimal("2440.00"), 0),
        ("Birch School", 1, Decimal("406.67"), 0),
        ("Cedar Academy", 3, Decimal("1220.00"), 1),
    ]
    assert [(row.name, row.amount) for row in totals_by_sector(run)] == [
        ("Mainstream", Decimal("3660.00")),
        ("Special", Decimal("406.67")),
    ]
    assert [(row.name, row.lines, row.amount) for row in totals_by_kind(run)] == [
        ("Allocation", 4, Decimal("4066.67")),
        ("Other authority’s pupil", 1, Decimal("0.00")),
        ("Band without a value", 1, Decimal("0.00")),
    ]
    assert [(row.line, row.phase, row.amount) for row in totals_by_section_251(run)] == [
        ("1.2.1", "Primary", Decimal("2440.00")),
        ("1.2.1", "Special", Decimal("406.67")),
        ("1.2.2", "Primary", Decimal("1220.00")),
    ]


@pytest.mark.parametrize("pupils", [1, 3])
def test_totals_take_as_many_queries_for_many_pupils(pupils, autumn, django_assert_num_queries):
    for _ in range(pupils):
        funded_pupil()
    run = calculate_run(period=autumn, by=None)
    with django_assert_num_queries(7):
        run_totals(run)
        list(totals_by_school(run))
        totals_by_sector(run)
        totals_by_kind(run)
        totals_by_section_251(run)
        assert len([line_working(line) for line in lines_to_read(run.lines)]) == pupils


@pytest.mark.parametrize(
    ("type_code", "group", "line"),
    [
        (1, 4, "1.2.1"),
        (7, 5, "1.2.1"),
        (12, 5, "1.2.1"),
        (14, 4, "1.2.1"),
        (34, 10, "1.2.2"),
        (33, 10, "1.2.2"),
        (36, 11, "1.2.2"),
        (18, 1, "1.2.2"),
        (8, 5, "1.2.3"),
        (10, 5, "1.2.3"),
        (11, 3, "1.2.3"),
        (None, None, ""),
    ],
)
def test_section_251_line_of_a_school(type_code, group, line):
    assert section_251_line(type_code, group) == line


def test_nothing_published_is_nothing_to_compare_with(autumn, spring):
    funded_pupil()
    calculate_run(period=autumn, by=None)
    assert compare_with_last_period(calculate_run(period=spring, by=None)) is None


def test_movements_say_why_the_total_moved(autumn, spring):
    school = SchoolFactory()
    stays, leaves, banded = (funded_pupil(school) for _ in range(3))
    leaves.placements.update(end=dt.date(2026, 12, 31))
    publish(autumn)
    funded_pupil(school, start=spring.start)
    agree(banded, "C", spring.start)
    set_value("B", "4026.00", effective_from=spring.start)
    compared = compare_with_last_period(calculate_run(period=spring, by=None))
    assert stays.lines.count() == 2
    assert (compared.period, compared.before, compared.total) == (
        autumn,
        Decimal("3660.00"),
        Decimal("1006.50") * 2 + Decimal("1830.00"),
    )
    assert {step.reason: step.amount for step in compared.movements} == {
        "joiners": Decimal("1006.50"),
        "leavers": Decimal("-1220.00"),
        # From £3,660 to £7,320 for 3/12 of the year, a band without a line in the autumn.
        "bands": Decimal("915.00"),
        # From £3,660 to £4,026 for 3/12 of the year.
        "values": Decimal("91.50"),
        # Two pupils who stayed, 3/12 instead of 4/12 of £3,660.
        "dates": Decimal("-610.00"),
        "adjustments": Decimal("0.00"),
    }


def test_old_value_of_a_band_is_the_one_the_last_period_ended_with(autumn, spring):
    set_value("C", "8052.00", effective_from=dt.date(2026, 11, 1))
    banded, _ = funded_pupil(), funded_pupil(code="C")
    publish(autumn)
    agree(banded, "C", spring.start)
    compared = compare_with_last_period(calculate_run(period=spring, by=None))
    found = {step.reason: step.amount for step in compared.movements}
    assert (found["bands"], found["values"], found["dates"]) == (
        # From £3,660 to £8,052, not to the £7,320 of September, for 3/12 of the year.
        Decimal("1098.00"),
        # The other pupil: on average £7,686 in the autumn, £8,052 now.
        Decimal("91.50"),
        # 3/12 instead of 4/12 of £3,660 and of £7,686.
        Decimal("-945.50"),
    )


def test_adjustments_are_a_movement_of_their_own(autumn, spring):
    pupil = funded_pupil()
    publish(autumn)
    pupil.placements.update(start=dt.date(2026, 11, 1))
    compared = compare_with_last_period(calculate_run(period=spring, by=None))
    found = {step.reason: step.amount for step in compared.movements}
    assert (found["adjustments"], found["dates"]) == (Decimal("-610.00"), Decimal("-305.00"))


@pytest.mark.parametrize("seed", range(3))
def test_movements_add_up_to_the_difference(seed, settings):
    settings.LA_CODE = LA_CODE
    caseload = RandomCaseload(seed, "calendar_days", 200)
    first = caseload.period
    later = PeriodFactory(
        calendar=first.calendar,
        code="later",
        start=first.end + dt.timedelta(days=1),
        end=first.end + dt.timedelta(days=20),
        count_date=first.end + dt.timedelta(days=1),
        numerator=1,
    )
    run = calculate_run(period=first, by=None)
    Line.objects.filter(run=run, kind="unvalued").delete()
    sent = type(run).objects.filter(pk=run.pk)
    sent.update(state="checked", sent_by=person(Role.FINANCE_OFFICER), sent_at=run.prepared_at)
    sent.update(
        state="published",
        published_by=person(Role.FINANCE_AUTHORISER),
        published_at=run.prepared_at,
    )
    compared = compare_with_last_period(calculate_run(period=later, by=None))
    assert compared.difference == sum(step.amount for step in compared.movements)
    assert all(step.amount for step in compared.movements if step.reason != "adjustments")


def test_working_of_each_kind_of_line(autumn, spring):
    school = SchoolFactory()
    pupil = funded_pupil(school, start=dt.date(2026, 10, 31))
    run = publish(autumn)
    assert [line_working(line) for line in lines_to_read(run.lines)] == [
        (
            "£620.00 = £3,660.00 × 4/12 × 62 of 122 days. On roll from 31 October 2026; EHCP from "
            "1 September 2025; Band B since 1 September 2025 by the authority’s entry; value from "
            "1 September 2020."
        )
    ]
    pupil.placements.update(end=dt.date(2026, 11, 30))
    PlacementFactory(pupil=pupil, school=school, start=spring.start)
    funded_pupil(school, "A")
    by = f" by {run.published_by}"  # who acted last in the one transaction of this test
    workings = [
        line_working(line) for line in lines_to_read(calculate_run(period=spring, by=None).lines)
    ]
    assert workings == [
        (
            "−£310.00 for Autumn term 2026, 1 December 2026 to 31 December 2026 (31 days): nothing "
            "is due, where Band B at £3,660.00 a year was published. Left on 30 November 2026, "
            f"recorded on {day(timezone.localdate())}{by}. In all £310.00 is due for the period "
            "now; £620.00 was published before."
        ),
        (
            "£915.00 = £3,660.00 × 3/12 × 90 of 90 days. On roll from 1 January 2027; EHCP from "
            "1 September 2025; Band B since 1 September 2025 by the authority’s entry; value from "
            "1 September 2020."
        ),
        "No amount yet for Autumn term 2026. A band of this published period has no value now.",
        (
            "No amount yet: Band A has no value here. On roll from 1 September 2025; EHCP from "
            "1 September 2025; Band A since 1 September 2025 by the authority’s entry."
        ),
    ]


def test_kept_totals_are_those_of_the_lines(autumn, spring, django_assert_num_queries):
    pupil = funded_pupil()
    set_value("B", "4392.00", sector="special")
    funded_pupil(SchoolFactory(sector="special"))
    publish(autumn)
    agree(pupil, "C", dt.date(2026, 11, 1))
    run = calculate_run(period=spring, by=None)
    with django_assert_num_queries(1):
        kept = summary_of(run)
    assert kept == work_out_summary(run)
    assert kept.causes[0].amount == kept.totals.adjustment_total
    run.summary = {}
    assert summary_of(run) == kept
