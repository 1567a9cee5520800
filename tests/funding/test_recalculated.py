"""Calculating a draft again shows each line that is another one, before and now (F7)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding_portal.roles import Role
from funding.models import RecalculatedLine, Run
from funding.selectors.recalculated import recalculated_in
from funding.services.publishing import publish_run, send_for_checking
from schools.services.pupils import end_placement
from tests.factories import SchoolFactory, person
from tests.funding.funded import agree, funded_pupil
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 31)
QUERIES = 7


def changed(run):
    rows = RecalculatedLine.objects.filter(run=run).order_by("reference", "was_start", "start")
    return [(row.change, row.reference, row.was_amount, row.amount, row.difference) for row in rows]


def leave(pupil):
    end_placement(placement=pupil.placements.get(), end=OCTOBER, by=person(Role.SEND_OFFICER))


def test_first_calculation_compares_with_nothing(autumn):
    funded_pupil()
    run = draft(autumn)
    assert (recalculated_in(run), changed(run)) == (None, [])


def test_calculated_again_without_a_change_says_so(autumn):
    funded_pupil()
    draft(autumn)
    found = recalculated_in(draft(autumn))
    assert (found.lines, str(found)) == (0, "No line differs from the draft before.")


def test_line_that_is_new_gone_or_other_is_kept_as_it_was_and_is(autumn):
    same, left, gone = funded_pupil(), funded_pupil(), funded_pupil()
    first = draft(autumn)
    leave(left)
    gone.placements.all().delete()
    new = funded_pupil()
    run = draft(autumn)
    assert run.replaced_at == first.prepared_at
    assert changed(run) == [
        ("changed", left.reference, Decimal("1220.00"), Decimal("610.00"), Decimal("-610.00")),
        ("removed", gone.reference, Decimal("1220.00"), None, Decimal("-1220.00")),
        ("added", new.reference, None, Decimal("1220.00"), Decimal("1220.00")),
    ]
    assert str(recalculated_in(run)) == (
        "3 lines differ from the draft before: 1 new, 1 gone and 1 changed; −£610.00 in all."
    )
    assert recalculated_in(run).difference == run.control_total - first.control_total
    assert same.reference not in {row[1] for row in changed(run)}


def test_line_that_begins_on_another_day_is_one_that_moved(autumn):
    pupil = funded_pupil()
    draft(autumn)
    pupil.placements.update(start=dt.date(2026, 11, 1))
    [row] = RecalculatedLine.objects.filter(run=draft(autumn))
    assert (row.change, row.was_start, row.start) == ("changed", autumn.start, dt.date(2026, 11, 1))


def test_band_that_changes_within_the_term_is_one_line_changed_and_one_new(autumn):
    pupil = funded_pupil()
    draft(autumn)
    agree(pupil, "C", OCTOBER)
    rows = list(RecalculatedLine.objects.filter(run=draft(autumn)).order_by("start"))
    assert [(row.change, row.was_band, row.band) for row in rows] == [
        ("changed", "Band B", "Band B"),
        ("added", "", "Band C"),
    ]


def test_only_the_last_calculation_is_kept(autumn):
    pupil = funded_pupil()
    draft(autumn)
    leave(pupil)
    draft(autumn)
    assert changed(draft(autumn)) == []


def test_adjustments_are_compared_too(autumn):
    pupil, other = funded_pupil(), funded_pupil()
    published(autumn)
    leave(pupil)
    draft(autumn)
    leave(other)
    run = draft(autumn)
    assert changed(run) == [
        ("added", other.reference, None, Decimal("-610.00"), Decimal("-610.00"))
    ]


def test_it_is_there_for_who_checks_and_goes_when_the_run_is_published(autumn):
    pupil, officer = funded_pupil(), person(Role.FINANCE_OFFICER)
    draft(autumn, officer)
    leave(pupil)
    run = send_for_checking(run=draft(autumn, officer), by=officer)
    assert recalculated_in(run).lines == 1
    run = publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))
    assert (recalculated_in(run), RecalculatedLine.objects.count()) == (None, 0)


def test_deleting_a_draft_takes_it_away(autumn):
    pupil = funded_pupil()
    draft(autumn)
    leave(pupil)
    draft(autumn)
    Run.objects.all().delete()
    assert not RecalculatedLine.objects.exists()


def test_pages_tell_it(autumn, sign_in):
    pupil = funded_pupil(SchoolFactory(name="Alderbrook"))
    draft(autumn)
    leave(pupil)
    run = draft(autumn)
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.get(reverse("funding:run_detail", args=[run.pk]))
    assertContains(page, "1 line differs from the draft before: 1 changed; −£610.00 in all.")
    lines = reverse("funding:recalculated_list", args=[run.pk])
    assertContains(page, lines)
    page = client.get(lines)
    assertContains(page, "−£610.00")
    assertContains(page, "31 Oct 2026")
    assertNotContains(client.get(lines, {"change": "added"}), pupil.reference)
    assertContains(client.get(lines, {"search": "alderb"}), pupil.reference)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_three_lines_as_for_one(
    autumn, sign_in, count, django_assert_num_queries
):
    pupils = [funded_pupil() for _ in range(3)]
    draft(autumn)
    for pupil in pupils[:count]:
        leave(pupil)
    run, client = draft(autumn), sign_in(Role.FINANCE_OFFICER)
    address = reverse("funding:recalculated_list", args=[run.pk])
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
