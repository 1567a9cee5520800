"""What moderators can take on, and cases given out by it (rules.md M4)."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.working_days import is_working_day
from moderation.capacity.rules import AHEAD, capacity_of, working_days
from moderation.capacity.selectors import capacities
from moderation.capacity.services import end_absence, set_capacity
from moderation.models import Absence, Capacity, Case
from moderation.services.assignment import assign_cases
from moderation.spreading import Wanted, spread_evenly
from tests.factories import CaseFactory, CollectionFactory, SampleFactory
from tests.moderation.world import decided, lead, moderator

D = dt.date
ANN, BEN = UUID(int=1), UUID(int=2)
WEEK = [D(2026, 11, day) for day in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("percent", "away", "capacity"),
    [
        (100, [], Fraction(1)),
        (50, [], Fraction(1, 2)),
        (100, [(D(2026, 11, 3), D(2026, 11, 4))], Fraction(3, 5)),
        (50, [(D(2026, 11, 1), D(2026, 11, 2)), (D(2026, 11, 6), D(2026, 12, 1))], Fraction(3, 10)),
        (100, [(D(2026, 10, 1), D(2026, 12, 1))], Fraction(0)),
        (0, [], Fraction(0)),
    ],
)
def test_capacity_is_the_post_less_the_days_away(percent, away, capacity):
    assert capacity_of(percent, away, WEEK) == capacity


def test_without_a_working_day_left_the_post_counts():
    assert capacity_of(50, [(D(2026, 11, 1), D(2026, 11, 30))], []) == Fraction(1, 2)


def test_working_days_end_with_the_day_of_feedback_or_after_twenty():
    assert working_days(D(2026, 11, 1), D(2026, 11, 6)) == WEEK
    for last in (None, D(2026, 10, 1)):
        found = working_days(D(2026, 11, 2), last)
        assert (len(found), all(map(is_working_day, found))) == (AHEAD, True)


def spread(count, load, capacity):
    wanted = [Wanted(UUID(int=10 + n), frozenset({ANN, BEN})) for n in range(count)]
    return Counter(spread_evenly(wanted, load, capacity).values())


def test_half_a_post_is_given_half_as_many():
    assert spread(9, {}, {ANN: Fraction(1), BEN: Fraction(1, 2)}) == {ANN: 6, BEN: 3}


def test_what_they_carry_counts_against_their_capacity():
    assert spread(3, {BEN: 3}, {ANN: Fraction(1), BEN: Fraction(1, 2)}) == {ANN: 3}


def test_who_can_take_on_nothing_is_given_none():
    assert spread(3, {}, {ANN: Fraction(0)}) == {BEN: 3}
    assert spread(3, {}, {ANN: Fraction(0), BEN: Fraction(0)}) == {}


def days_ahead(first, last):
    today = timezone.localdate()
    return today + dt.timedelta(days=first), today + dt.timedelta(days=last)


@pytest.mark.django_db
def test_cases_are_assigned_by_capacity_and_stay_where_nobody_is_there(school):
    collection = CollectionFactory()
    sample = SampleFactory(collection=collection)
    half, away = moderator(school.quadrant), moderator(school.quadrant)
    full = moderator(school.quadrant)
    by = lead()
    set_capacity(moderator=half, percent=50, away=None, by=by)
    set_capacity(moderator=away, percent=100, away=days_ahead(0, 60), by=by)
    for _ in range(6):
        CaseFactory(sample=sample, decision=decided(collection, school))
    assign_cases(sample=sample, by=by, share=Decimal(0))
    assert Counter(Case.objects.values_list("moderator", flat=True)) == {full.pk: 4, half.pk: 2}
    set_capacity(moderator=half, percent=0, away=None, by=by)
    set_capacity(moderator=full, percent=0, away=None, by=by)
    CaseFactory(sample=sample, decision=decided(collection, school))
    assert assign_cases(sample=sample, by=by, share=Decimal(0)).left == 1


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused_and_nothing_is_half_saved():
    person, by = moderator(), lead()
    refused = [
        ({"percent": 101, "away": None}, "from 0 to 100"),
        ({"percent": 50, "away": days_ahead(3, 2)}, "first day or later"),
    ]
    for given, said in refused:
        with pytest.raises(RefusalError, match=said):
            set_capacity(moderator=person, by=by, **given)
    set_capacity(moderator=person, percent=80, away=days_ahead(1, 5), by=by)
    with pytest.raises(RefusalError, match="Some of these days are on the list already"):
        set_capacity(moderator=person, percent=10, away=days_ahead(5, 9), by=by)
    assert Capacity.objects.get().percent == 80
    for other, who in ((by, by), (person, moderator())):
        with pytest.raises(RefusalError):
            set_capacity(moderator=other, percent=50, away=None, by=who)


@pytest.mark.django_db
def test_an_absence_taken_off_counts_no_more():
    person, by = moderator(), lead()
    set_capacity(moderator=person, percent=100, away=days_ahead(0, 60), by=by)
    assert capacities([person.pk], None) == {person.pk: 0}
    end_absence(absence=Absence.objects.get(), by=by)
    assert capacities([person.pk], None) == {person.pk: 1}


@pytest.mark.django_db
def test_the_lead_says_it_on_a_page_and_an_auditor_reads_it(sign_in):
    person = moderator(name="Ada")
    client = sign_in(Role.MODERATION_LEAD)
    url = reverse("moderation:capacity_edit", args=[person.pk])
    first, last = days_ahead(2, 4)
    sent = {"percent": "60"}
    for name, day in (("first", first), ("last", last)):
        sent |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    assert "Saved." in client.post(url, sent, follow=True).text
    page = client.post(url, {"percent": "60", "first_0": "1", "first_1": "1", "first_2": "2027"})
    assert "Enter the last day away" in page.text
    shown = sign_in(Role.AUDITOR).get(reverse("moderation:moderator_list"))
    assert ("60%" in shown.text, url in shown.text) == (True, False)


@pytest.mark.django_db
def test_the_list_needs_the_same_queries_for_more_moderators(
    sign_in, django_assert_max_num_queries
):
    client = sign_in(Role.MODERATION_LEAD)
    moderator()
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as captured:
            client.get(reverse("moderation:moderator_list"))
        counts.append(len(captured))
        for _ in range(2):
            set_capacity(moderator=moderator(), percent=50, away=days_ahead(1, 2), by=lead())
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_moderators_say_it_of_themselves_and_of_nobody_else(client, school):
    own, other = moderator(school.quadrant), moderator(school.quadrant)
    client.force_login(own)
    url = reverse("moderation:capacity_edit", args=[own.pk])
    assert url in client.get(reverse("moderation:home")).text
    assert "What you can take on" in client.get(url).text
    first, last = days_ahead(3, 4)
    sent = {"percent": 50} | {
        f"{name}_{place}": part
        for name, day in (("first", first), ("last", last))
        for place, part in enumerate((day.day, day.month, day.year))
    }
    assert "Saved." in client.post(url, sent, follow=True).text
    absence = Absence.objects.get(moderator=own)
    client.post(reverse("moderation:absence_end", args=[absence.pk]))
    assert not Absence.objects.exists()
    assert client.get(reverse("moderation:capacity_edit", args=[other.pk])).status_code == 404
    with pytest.raises(RefusalError, match="other moderators"):
        set_capacity(moderator=other, percent=50, away=None, by=own)


@pytest.mark.django_db
def test_days_that_are_over_are_refused(school):
    own = moderator(school.quadrant)
    with pytest.raises(RefusalError, match="The first day must be"):
        set_capacity(moderator=own, percent=100, away=days_ahead(-1, 2), by=own)
    assert not Absence.objects.exists()
