"""Any merges, conversions, returns, corrections: one list each, the money of each day (S1, S8)."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banding.choices import AWAY, OPEN_STATES, DecisionState
from banding.collections.services import sync_return_pupils
from banding.models import Return, ReturnPupil
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.choices import SchoolStatus
from schools.models import ImportRecord, Placement, Pupil, PupilMerge, School, SchoolLink
from schools.services import corrections
from schools.services.conversions import convert_school
from schools.services.merges import merge_pupils, undo_merge
from schools.services.undoing import undo_import
from tests.banding.helpers import decide
from tests.factories import CollectionFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value

AUGUST = dt.date(2026, 8, 1)
CLOSED_ON = dt.date(2026, 10, 31)
CORRECTIONS = ("start", "end", "remove")
STEP = st.tuples(
    st.sampled_from([*("merge", "undo", "convert", "back", "submit"), *CORRECTIONS, "publish"]),
    st.integers(0, 3),
    st.integers(0, 150),
)


def publish(period):
    """Published as by officers who have looked at every exception."""
    officer = person(Role.FINANCE_OFFICER)
    run = calculate_run(period=period, by=officer)
    run.exceptions.update(cleared_by=officer, cleared_at=timezone.now(), cleared_reason="Seen")
    if not run.lines.exists():
        return  # a draft of nothing is neither sent nor published
    run = send_for_checking(run=run, by=officer)
    publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


def take(step, period, by):
    """One random step; what is refused changes nothing."""
    kind, place, days = step
    if kind == "publish":
        publish(period)
    elif kind == "merge":
        pupils = list(Pupil.objects.order_by("reference"))
        kept, dropped = pupils[place % len(pupils)], pupils[(place + 1) % len(pupils)]
        merge_pupils(kept=kept, dropped=dropped, reason="Same child", by=by)
    elif kind == "undo":
        if found := PupilMerge.objects.filter(undone_at=None).first():
            undo_merge(merge=found, by=by)
    elif kind == "convert":
        convert(place, by)
    elif kind == "back":
        if found := ImportRecord.objects.filter(undone_at=None).first():
            undo_import(record=found, leave_the_rest=True, by=by)
    elif kind == "submit":
        submit_one(place)
    else:
        correct(kind, place, AUGUST + dt.timedelta(days), by)


def convert(place, by):
    """One of the schools becomes the academy, which has been there from the beginning."""
    *schools, academy = School.objects.order_by("urn")
    old = schools[place % len(schools)]
    SchoolLink.objects.get_or_create(school=old, linked_urn=academy.urn, kind="Successor")
    School.objects.filter(pk=old.pk).update(status=SchoolStatus.CLOSED, closed_on=CLOSED_ON)
    convert_school(school=School.objects.get(pk=old.pk), roles={}, by=by)


def submit_one(place):
    """One return is submitted, whoever is on it banded."""
    returns = list(Return.objects.filter(state__in=OPEN_STATES).order_by("pk"))
    if not returns:
        return
    found = returns[place % len(returns)]
    senco = person(Role.SENCO, school=found.school)
    for row in found.pupils.filter(change=""):
        if not row.decisions.filter(state=DecisionState.DRAFT).exists():
            decide(row, senco)
    submit_return(pupil_return=found, by=senco, declared_name="Sam Carter")


def correct(kind, place, day, by):
    rows = list(Placement.objects.order_by("pk"))
    if not rows:
        return
    row = rows[place % len(rows)]
    if kind == "remove":
        corrections.remove_placement(placement=row, reason="Wrong", by=by)
        return
    dates = {"start": row.start, "end": row.end} | {kind: day}
    corrections.correct_placement(placement=row, school=row.school, reason="Wrong", by=by, **dates)


@pytest.mark.django_db
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=7))
def test_any_merges_leave_one_list_and_the_money_of_each_day(db, steps):
    with transaction.atomic():
        set_value()
        schools = [SchoolFactory(), SchoolFactory()]
        SchoolFactory()  # what either may become
        period, by, collection = PeriodFactory(), person(Role.SEND_OFFICER), CollectionFactory()
        for school in (*schools, schools[0]):
            funded_pupil(school)
        sync_return_pupils(collection)
        publish(period)
        for step in steps:
            try:
                take(step, period, by)
            except RefusalError:
                continue
        publish(period)
        assert paid() == expected(period)
        assert_on_one_list(collection)
        transaction.set_rollback(True)


def paid() -> dict:
    """Everything published, by the record that stands and the school."""
    amounts: Counter = Counter()
    for line in Line.objects.filter(run__state="published").select_related("pupil"):
        standing = line.pupil.merged_into_id or line.pupil_id
        amounts[standing, line.school_id] += line.amount or 0
    return {key: amount for key, amount in amounts.items() if amount}


def expected(period) -> dict:
    """£10 for each day, to the placement that began later, then to the higher URN (F3)."""
    amounts: Counter = Counter()
    for pupil in Pupil.objects.all():
        rows = list(pupil.placements.select_related("school"))
        for number in range((period.end - period.start).days + 1):
            day = period.start + dt.timedelta(number)
            there = [row for row in rows if row.start <= day <= (row.end or day)]
            if there:
                row = max(there, key=lambda each: (each.start, each.school.urn))
                amounts[pupil.pk, row.school_id] += 10
    return dict(amounts)


def assert_on_one_list(collection):
    """Who is placed is on one list; a merged record is on none."""
    for pupil in Pupil.everything.all():
        on = ReturnPupil.objects.filter(pupil=pupil).exclude(change__in=AWAY).count()
        today = timezone.localdate()
        if pupil.merged_into_id:
            assert on == 0
        elif pupil.placements.on(today).exists():
            assert on == 1
        else:
            assert on <= 1
