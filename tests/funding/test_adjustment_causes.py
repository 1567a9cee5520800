"""Each adjustment names what changed, who recorded it and when, and its own days (F8, F9)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction

from banding_portal import states
from banding_portal.database.owner import as_who_connected
from banding_portal.roles import Role
from banding_portal.words import day
from funding.models import FundingPolicy, Period
from funding.selectors.lines import line_working
from funding.selectors.runs import totals_by_cause
from funding.services.runs import calculate_run
from funding.services.values import set_band_value
from schools.models import School
from schools.services.history import true_from
from schools.services.merges import merge_pupils
from tests.factories import FrameworkFactory, PlacementFactory, SchoolFactory, person
from tests.funding.funded import agree, band, funded_pupil, set_value
from tests.funding.published import published

NOVEMBER = dt.date(2026, 11, 1)
OCTOBER_ENDS = dt.date(2026, 10, 31)
YEAR_ENDS = dt.date(2026, 12, 31)


@pytest.fixture
def officer(transactional_db):
    """Each step in a transaction of its own, so that the trail knows which came first."""
    set_value("B", "3660.00")
    set_value("C", "7320.00")
    return person(Role.SEND_OFFICER, name="Robin Ellis")


def adjusted():
    """The lines of the next run of the autumn term."""
    run = calculate_run(period=Period.objects.get(), by=None)
    return list(run.lines.filter(kind="adjustment").order_by("start", "amount"))


def facts(line):
    return line.start, line.end, line.days, line.amount


def cause(line):
    return line.cause, line.cause_said, line.cause_by


def test_leaver_told_late(officer):
    pupil = funded_pupil()
    published()
    placement = pupil.placements.get()
    placement.end = OCTOBER_ENDS
    with states.acting(officer):
        placement.save()
    (line,) = adjusted()
    assert facts(line) == (NOVEMBER, YEAR_ENDS, 61, Decimal("-610.00"))
    assert cause(line) == ("placement", "left on 31 October 2026", "Robin Ellis")
    assert (line.band_name, line.annual_value, line.was_annual) == ("Band B", None, 3660)
    assert line.cause_at > line.run.period.runs.get(sequence=1).prepared_at


def test_stay_told_late_is_paid_with_its_days(officer):
    pupil = funded_pupil()
    placement = pupil.placements.get()
    placement.end = OCTOBER_ENDS
    placement.save()
    published()
    placement.end = None
    with states.acting(officer):
        placement.save()
    (line,) = adjusted()
    assert facts(line) == (NOVEMBER, YEAR_ENDS, 61, Decimal("610.00"))
    said = "stays, instead of leaving on 31 October 2026"
    assert cause(line) == ("placement", said, "Robin Ellis")
    assert line_working(line) == (
        "£610.00 for Autumn term 2026, 1 November 2026 to 31 December 2026 (61 days): Band B at "
        "£3,660.00 a year is due, where nothing was published. Stays, instead of leaving on "
        f"31 October 2026, recorded on {day(line.cause_at)} by Robin Ellis. In all £1,220.00 is "
        "due for the period now; £610.00 was published before."
    )
    assert "Robin" not in line_working(line, says_who=False)


def test_move_names_each_school_its_own_placement(officer):
    pupil = funded_pupil()
    published()
    with states.acting(officer), transaction.atomic():
        pupil.placements.update(end=OCTOBER_ENDS)
        PlacementFactory(pupil=pupil, school=SchoolFactory(), start=NOVEMBER)
    left, joined = adjusted()
    assert cause(left)[:2] == ("placement", "left on 31 October 2026")
    assert cause(joined)[:2] == ("placement", "on roll from 1 November 2026")
    assert facts(joined) == (NOVEMBER, YEAR_ENDS, 61, Decimal("610.00"))


def test_band_plan_value_and_policy_are_named(officer):
    banded, ended, revalued = (funded_pupil(SchoolFactory(), code) for code in "BBC")
    other = funded_pupil(SchoolFactory(sector="special"), "B")
    set_value("B", "3660.00", sector="special")
    published()
    agree(banded, "C", NOVEMBER)
    ended.plans.update(end=OCTOBER_ENDS)
    set_band_value(
        band=band("C"),
        sector="mainstream",
        annual_value=Decimal("9150.00"),
        effective_from=dt.date(2026, 12, 1),
        by=officer,
    )
    FundingPolicy.objects.create(
        sector="special", framework=FrameworkFactory(code="other"), effective_from=NOVEMBER
    )
    found = {}
    for line in adjusted():
        found.setdefault(line.pupil, []).append((line.cause, line.cause_said, line.start))
    value = "Band C in mainstream from 1 December 2026 is worth £9,150.00 a year"
    assert found[banded] == [
        ("decision", "Band C from 1 November 2026 by the authority’s entry", NOVEMBER),
        ("decision", "Band C from 1 November 2026 by the authority’s entry", dt.date(2026, 12, 1)),
    ]
    assert found[ended] == [("plan", "EHCP ended on 31 October 2026", NOVEMBER)]
    assert found[revalued] == [("value", value, dt.date(2026, 12, 1))]
    assert [cause for cause, *_ in found[other]] == ["policy"]


def test_responsible_authority_and_sector_are_named(officer):
    moved, resectored = funded_pupil(), funded_pupil(SchoolFactory())
    set_value("B", "4392.00", sector="special")
    published()
    with transaction.atomic(), true_from(NOVEMBER):
        moved.responsible_la = "935"
        moved.save()
        School.objects.filter(placements__pupil=resectored).update(sector="special")
    by_pupil = {line.pupil: line for line in adjusted()}
    said = "Suffolk (935) is responsible for the pupil"
    assert cause(by_pupil[moved])[:2] == ("authority", said)
    said = "the school’s sector is special instead of mainstream"
    assert cause(by_pupil[resectored])[:2] == ("school", said)
    assert by_pupil[resectored].start == NOVEMBER


def test_merge_is_named_with_who_made_it(officer):
    school = SchoolFactory()
    twice = funded_pupil(school), funded_pupil(school)
    published()
    merge_pupils(kept=twice[0], dropped=twice[1], reason="Same child", by=officer)
    (line,) = adjusted()
    assert cause(line) == ("merge", "two records made one", "Robin Ellis")
    assert (line.annual_value, line.was_annual) == (Decimal(3660), Decimal(7320))


def test_second_adjustment_names_what_changed_since_the_first(officer):
    pupil = funded_pupil()
    period = published().period
    agree(pupil, "C", NOVEMBER)
    published(period)
    pupil.placements.update(end=dt.date(2026, 11, 30))
    (line,) = adjusted()
    assert facts(line) == (dt.date(2026, 12, 1), YEAR_ENDS, 31, Decimal("-620.00"))
    assert cause(line)[:2] == ("placement", "left on 30 November 2026")
    assert (line.band_name, line.was_annual) == ("Band C", Decimal("7320.00"))


def test_change_the_trail_did_not_see_is_not_made_up(officer):
    pupil = funded_pupil()
    published()
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE schools_placement DISABLE TRIGGER USER")
        cursor.execute("UPDATE schools_placement SET \"end\" = '2026-10-31'")
        cursor.execute("ALTER TABLE schools_placement ENABLE TRIGGER USER")
    (line,) = adjusted()
    assert (line.pupil, cause(line)) == (pupil, ("unknown", "", ""))
    assert "What changed is not recorded." in line_working(line)


def test_causes_add_up_to_the_adjustments_of_the_run(officer):
    one, other = funded_pupil(), funded_pupil(SchoolFactory())
    published()
    agree(one, "C", NOVEMBER)
    other.plans.update(end=OCTOBER_ENDS)
    lines = adjusted()
    totals = totals_by_cause(lines[0].run)
    assert [(row.code, row.lines, row.pupils, row.amount) for row in totals] == [
        ("decision", 1, 1, Decimal("610.00")),
        ("plan", 1, 1, Decimal("-610.00")),
    ]
