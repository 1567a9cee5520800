"""What is put right about a pupil adjusts what was published, in every order (F8, S10)."""

import datetime as dt
from collections import Counter

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banding.choices import AWAY
from banding.collections.services import sync_return_pupils
from banding.models import ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line
from funding.services.runs import calculate_run
from schools.models import Correction, Placement, Pupil
from schools.services import corrections
from tests.banding.helpers import decide, senco_of
from tests.banding.races import at_once
from tests.factories import CollectionFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

START = dt.date(2025, 9, 1)
NOVEMBER = dt.date(2026, 11, 1)


def total(*runs):
    return Line.objects.filter(run__in=runs).aggregate(sum=Sum("amount"))["sum"] or 0


@pytest.mark.django_db
def test_placement_by_mistake_is_taken_back_by_the_next_run():
    set_value()
    pupil, period = funded_pupil(), PeriodFactory()
    first = published(period)
    assert total(first) > 0
    wrong, by = pupil.placements.get(), person(Role.SEND_OFFICER)
    corrections.remove_placement(placement=wrong, reason="Another", by=by)
    assert total(first, published(period)) == 0


@pytest.mark.django_db
def test_officer_is_told_what_is_published():
    set_value()
    pupil = funded_pupil()
    published()
    wrong, by = pupil.placements.get(), person(Role.SEND_OFFICER)
    said = corrections.what_would_happen(
        lambda: corrections.remove_placement(placement=wrong, reason="Another", by=by)
    )
    takes_back = "£0.00 will be due. The next run takes back £1,220.00."
    assert said == [f"Autumn term 2026 at {wrong.school}: £1,220.00 is published, {takes_back}"]


STEP = st.tuples(
    st.sampled_from(["school", "start", "end", "remove", "undo", "publish"]),
    st.integers(0, 2),
    st.integers(0, 200),
)


def take(step, schools, period, by):
    """One random step; what is refused changes nothing."""
    kind, place, days = step
    if kind == "publish":
        published(period)
        return
    row, day = Placement.objects.order_by("pk").first(), dt.date(2026, 8, 1) + dt.timedelta(days)
    if kind == "undo":
        if found := Correction.objects.filter(undone_at=None).first():
            corrections.undo_correction(correction=found, by=by)
    elif row and kind == "remove":
        corrections.remove_placement(placement=row, reason="Wrong", by=by)
    elif row:
        facts = {"school": row.school, "start": row.start, "end": row.end}
        facts[kind] = schools[place] if kind == "school" else day
        corrections.correct_placement(placement=row, reason="Wrong", by=by, **facts)


@pytest.mark.django_db
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=6))
def test_any_corrections_leave_one_list_and_the_money_of_a_fresh_calculation(db, steps):
    from django.db import transaction

    with transaction.atomic():
        set_value()
        schools, by = [SchoolFactory() for _ in range(3)], person(Role.SEND_OFFICER)
        pupil, period, collection = funded_pupil(schools[0]), PeriodFactory(), CollectionFactory()
        sync_return_pupils(collection)
        published(period)
        for step in steps:
            try:
                take(step, schools, period, by)
            except RefusalError:
                continue
        published(period)
        fresh = {} if not pupil.placements.exists() else expected(pupil, period)
        paid = Counter()
        for line in Line.objects.filter(pupil=pupil):
            paid[line.school_id] += line.amount
        assert {school: amount for school, amount in paid.items() if amount} == fresh
        on = ReturnPupil.objects.filter(pupil=pupil).exclude(change__in=AWAY)
        assert on.count() in possible_lists(pupil, collection)
        transaction.set_rollback(True)


def possible_lists(pupil: Pupil, collection) -> set[int]:
    """One for a pupil on roll since the reference date (B6), none for one without a placement.

    Who left earlier or has not begun yet may stay on the list they were on, and comes onto none.
    """
    if not pupil.placements.exists():
        return {0}
    since = pupil.placements.since(collection.reference_date)
    return {1} if since.filter(start__lte=timezone.localdate()).exists() else {0, 1}


def expected(pupil: Pupil, period) -> dict:
    """£10 a day of the period at the pupil's one school."""
    row = pupil.placements.get()
    start, end = max(row.start, period.start), min(row.end or period.end, period.end)
    days = max((end - start).days + 1, 0)
    return {row.school_id: 10 * days} if days else {}


@pytest.mark.django_db(transaction=True)
def test_correction_during_a_calculation_is_paid_once():
    set_value()
    pupil, period = funded_pupil(), PeriodFactory()
    first, by = published(period), person(Role.SEND_OFFICER)
    row = pupil.placements.get()
    facts = {"school": row.school, "start": NOVEMBER, "end": None}
    results = at_once(
        [
            lambda: calculate_run(period=period, by=None),
            lambda: corrections.correct_placement(
                placement=row, reason="Typed wrongly", by=by, **facts
            ),
        ]
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert total(first, published(period)) == 10 * 61


@pytest.mark.django_db(transaction=True)
def test_correction_and_submission_at_once_leave_the_pupil_on_one_list():
    for _ in range(3):
        pupil_return, (row, other) = submitted_return_to_be()
        senco, by = senco_of(pupil_return), person(Role.SEND_OFFICER)
        placement, right = row.pupil.placements.get(), SchoolFactory()
        results = at_once(
            [
                lambda r=pupil_return, s=senco: submit(r, s),
                lambda p=placement, to=right, by=by: corrections.correct_placement(
                    placement=p, school=to, start=START, end=None, reason="Two Amiras", by=by
                ),
            ]
        )
        assert not [each for each in results if isinstance(each, Exception)]
        on = ReturnPupil.objects.filter(pupil=row.pupil, collection=pupil_return.collection)
        assert [each.pupil_return.school for each in on] == [right]
        assert other.decisions.get().state == "submitted"


def submitted_return_to_be():
    from tests.banding.helpers import return_with_pupils

    pupil_return, rows = return_with_pupils(2)
    for row in rows:
        decide(row, senco_of(pupil_return))
    return pupil_return, rows


def submit(pupil_return, senco):
    from banding.returns.services import submit_return

    return submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
