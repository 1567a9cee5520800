"""Changes to a published period in the next run (F8)."""

import datetime as dt
from decimal import Decimal

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import PlacementFactory, SchoolFactory, person
from tests.funding.funded import agree, funded_pupil
from tests.funding.published import clear_doubtful

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
OCTOBER_ENDS = dt.date(2026, 10, 31)


@pytest.fixture
def people(db):
    return [person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)]


@pytest.fixture
def publish(people):
    """Calculate and publish a period."""
    officer, authoriser = people

    def _publish(period):
        run = calculate_run(period=period, by=officer)
        clear_doubtful(run, officer)
        return publish_run(run=send_for_checking(run=run, by=officer), by=authoriser)

    return _publish


def adjustments(run) -> list[tuple]:
    return [
        (line.period.code, line.school.urn, line.pupil.reference, line.amount)
        for line in run.lines.filter(kind="adjustment").order_by("pupil__reference", "amount")
    ]


def test_nothing_changed_makes_no_adjustment(autumn, spring, publish):
    funded_pupil()
    publish(autumn)
    run = calculate_run(period=spring, by=None)
    assert [line.kind for line in run.lines.all()] == ["allocation"]
    assert run.published_before == 1


def test_new_band_of_a_published_period_is_paid_in_the_next_run(autumn, spring, publish):
    pupil = funded_pupil()
    school = pupil.placements.get().school
    publish(autumn)
    agree(pupil, "C", NOVEMBER)
    run = calculate_run(period=spring, by=None)
    # 61 of 122 days at twice £1,220.00
    assert adjustments(run) == [("2026-autumn", school.urn, pupil.reference, Decimal("610.00"))]
    line = run.lines.get(kind="adjustment")
    assert (line.start, line.end, line.days) == (NOVEMBER, autumn.end, 61)
    said = "In all £1,830.00 is due for the period now; £1,220.00 was published before."
    assert line.note == said
    assert run.control_total == Decimal("610.00") + Decimal("1830.00")


def test_move_is_taken_back_from_one_school_and_paid_to_the_other(autumn, spring, publish):
    pupil = funded_pupil()
    old = pupil.placements.get()
    publish(autumn)
    old.end = OCTOBER_ENDS
    old.save()
    new = PlacementFactory(pupil=pupil, start=NOVEMBER).school
    run = calculate_run(period=spring, by=None)
    assert adjustments(run) == [
        ("2026-autumn", old.school.urn, pupil.reference, Decimal("-610.00")),
        ("2026-autumn", new.urn, pupil.reference, Decimal("610.00")),
    ]


def test_pupil_who_was_never_there_is_taken_back_whole(autumn, spring, publish):
    pupil = funded_pupil()
    school = pupil.placements.get().school
    publish(autumn)
    pupil.placements.all().delete()
    run = calculate_run(period=spring, by=None)
    assert adjustments(run) == [("2026-autumn", school.urn, pupil.reference, Decimal("-1220.00"))]


def test_published_adjustments_count_as_published(autumn, spring, publish):
    pupil = funded_pupil()
    publish(autumn)
    agree(pupil, "C", NOVEMBER)
    publish(spring)
    assert adjustments(calculate_run(period=spring, by=None)) == []
    pupil.decisions.filter(band__code="C").update(state="superseded")
    school = pupil.placements.get().school
    assert adjustments(calculate_run(period=spring, by=None)) == [
        ("2027-spring", school.urn, pupil.reference, Decimal("-915.00")),
        ("2026-autumn", school.urn, pupil.reference, Decimal("-610.00")),
    ]


def test_second_run_of_a_period_holds_adjustments_only(autumn, publish):
    pupil = funded_pupil()
    publish(autumn)
    late = funded_pupil(SchoolFactory(), start=NOVEMBER)
    agree(pupil, "C", NOVEMBER)
    run = calculate_run(period=autumn, by=None)
    assert (run.sequence, run.lines.exclude(kind="adjustment").count()) == (2, 0)
    assert [amount for *_, amount in adjustments(run)] == [Decimal("610.00")] * 2
    assert late.reference in [reference for _, _, reference, _ in adjustments(run)]
    publish(autumn)
    assert calculate_run(period=autumn, by=None).lines.count() == 0
    paid = sum(Line.objects.filter(pupil=pupil).values_list("amount", flat=True))
    assert paid == Decimal("1830.00")


def test_other_authoritys_pupil_is_never_adjusted(autumn, spring, publish):
    pupil = funded_pupil(responsible_la="998")
    publish(autumn)
    agree(pupil, "C", NOVEMBER)
    assert adjustments(calculate_run(period=spring, by=None)) == []


def test_unvalued_change_of_a_published_period_waits_for_its_value(autumn, spring, publish, people):
    pupil = funded_pupil()
    publish(autumn)
    agree(pupil, "A", NOVEMBER)
    run = calculate_run(period=spring, by=people[0])
    unvalued = run.lines.filter(kind="unvalued").order_by("start")
    assert [line.period.code for line in unvalued] == ["2026-autumn", "2027-spring"]
    assert adjustments(run) == []
    with pytest.raises(RefusalError, match="2 lines are on a band without a value"):
        send_for_checking(run=run, by=people[0])


def test_difference_is_never_published_twice(autumn, spring, publish, people):
    """Two drafts hold the same adjustment; publishing one sends the other back to calculation."""
    pupil = funded_pupil()
    publish(autumn)
    agree(pupil, "C", NOVEMBER)
    officer, authoriser = people
    late = send_for_checking(run=calculate_run(period=autumn, by=officer), by=officer)
    next_term = send_for_checking(run=calculate_run(period=spring, by=officer), by=officer)
    publish_run(run=late, by=authoriser)
    with pytest.raises(RefusalError, match="Another run was published after this one"):
        publish_run(run=next_term, by=authoriser)


def test_earlier_run_does_not_adjust_a_later_period(autumn, spring, publish):
    pupil = funded_pupil()
    publish(spring)
    agree(pupil, "C", NOVEMBER)
    run = calculate_run(period=autumn, by=None)
    assert {line.kind for line in run.lines.all()} == {"allocation"}
