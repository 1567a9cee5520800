"""Bands beside those of similar schools, on their pages (rules.md, Comparing bands)."""

import datetime as dt
from fractions import Fraction
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind
from banding.models import BandDecision, Collection, Return
from banding.similar.rules import Lying
from banding.similar.selectors import (
    SchoolLying,
    beside_similar,
    furthest_first,
    schools_apart,
    tallies_of,
)
from banding_portal.roles import Role
from schools.models import Pupil, School
from tests.banding.helpers import senco_of
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def returned(collection, codes, **pupil):
    """A school's return that is in, with pupils on these bands."""
    facts = {"state": "submitted", "submitted_by": UserFactory(), "submitted_at": timezone.now()}
    pupil_return = ReturnFactory(collection=collection, **facts)
    for code in codes:
        child = PupilFactory(school=pupil_return.school, **pupil)
        row = ReturnPupilFactory(pupil_return=pupil_return, pupil=child)
        BandDecisionFactory(return_pupil=row, band_code=code)
    return pupil_return


@pytest.fixture
def collection(db):
    """Five schools with two pupils on A and two on B each."""
    found = CollectionFactory()
    for _ in range(5):
        returned(found, "AABB")
    return found


def test_school_sees_its_bands_beside_others(collection):
    beside = beside_similar(returned(collection, "ABBB"))
    assert [(each.pupils, each.own, each.others) for each in beside.shares] == [
        (1, Fraction(1, 4), Fraction(1, 2)),
        (3, Fraction(3, 4), Fraction(1, 2)),
        (0, 0, 0),
    ]


def test_only_the_need_asked_for_is_compared(collection):
    own = returned(collection, "B", primary_need="ASD")
    assert beside_similar(own, "ASD").shares == []
    Pupil.objects.update(primary_need="ASD")
    assert beside_similar(own, "ASD").shares


@pytest.mark.parametrize(
    "change",
    [
        lambda: Return.objects.update(state="in_progress"),
        lambda: Pupil.objects.update(responsible_la="998"),
        lambda: BandDecision.objects.update(state="draft", submitted_at=None),
    ],
)
def test_only_the_authority_s_own_pupils_of_returns_that_are_in_count(collection, change):
    assert len(tallies_of(collection)) == 5
    change()
    assert tallies_of(collection) == []


def test_round_compares_bands_that_were_rolled_forward():
    collection = CollectionFactory(kind=CollectionKind.ROUND)
    returned(collection, "A")
    earlier = CollectionFactory(framework=collection.framework)
    BandDecision.objects.update(collection=earlier)
    assert [each.counts for each in tallies_of(collection)] == [{1: 1}]
    BandDecision.objects.update(effective_from=collection.reference_date + dt.timedelta(days=1))
    assert tallies_of(collection) == []


def test_outcome_held_until_the_day_of_feedback_does_not_count(collection):
    own = returned(collection, "A")
    original = BandDecision.objects.get(school=own.school)
    BandDecisionFactory(
        return_pupil=None,
        pupil=original.pupil,
        collection=collection,
        band_code="C",
        school=None,
        source="moderation",
        moderates=original,
    )

    def places():
        return next(each.counts for each in tallies_of(collection) if each.school == own.school_id)

    assert places() == {3: 1}
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Collection.objects.filter(pk=collection.pk).update(feedback_on=tomorrow)
    assert places() == {1: 1}


def test_authority_sees_the_school_furthest_from_the_others_first(collection):
    far = returned(collection, "CCCCC")
    near = returned(collection, "AABBB")
    rows = schools_apart(collection, {})
    assert [row.school for row in rows] == [far.school, near.school]
    assert [row.lying.apart for row in rows] == ["higher", ""]
    assert [row.school for row in schools_apart(collection, {"apart": "yes"})] == [far.school]
    assert schools_apart(collection, {"sector": "special"}) == []


# Pages


def page_of(client, name, found, **query):
    return " ".join(client.get(reverse(f"banding:{name}", args=[found.pk]), query).text.split())


def test_page_says_what_is_missing_until_there_is_enough(client, collection):
    own = returned(collection, "B")
    client.force_login(senco_of(own))
    assert "compared with those of 5 other schools" in page_of(client, "return_similar", own)
    Return.objects.filter(pk=Return.objects.exclude(pk=own.pk).first().pk).update(
        state="in_progress"
    )
    assert "So far there are 4" in page_of(client, "return_similar", own)
    Return.objects.filter(pk=own.pk).update(state="in_progress")
    assert "This return is not submitted yet" in page_of(client, "return_similar", own)


def test_page_of_outliers_names_and_sorts_them(sign_in, collection):
    returned(collection, "CCCCC")
    officer = sign_in(Role.SEND_OFFICER)
    assert "Higher" in page_of(officer, "collection_similar", collection, sort="-difference")
    assert "No matches" in page_of(officer, "collection_similar", collection, sector="special")


def test_pages_need_the_same_queries_for_any_number(
    sign_in, collection, django_assert_max_num_queries
):
    own = returned(collection, "CCCCC")
    officer = sign_in(Role.SEND_OFFICER)
    for name, found in (("collection_similar", collection), ("return_similar", own)):
        address = reverse(f"banding:{name}", args=[found.pk])
        officer.get(address)
        with django_assert_max_num_queries(13):
            officer.get(address)


def test_differences_are_in_the_order_that_is_shown():
    """Outliers first; among the others the larger difference, however many pupils it is of."""

    def lying(name, mean, error):
        return SchoolLying(School(name=name), uuid4(), 9, 9, True, Lying(mean, 2.0, error))

    rows = [
        lying("Much of few pupils", 1.61, 0.39),
        lying("Less of many pupils", 2.33, 0.2),
        lying("Outlier", 2.3, 0.1),
        lying("As much, to two decimals", 2.389, 0.4),
    ]
    assert [one.school.name for one in sorted(rows, key=furthest_first)] == [
        "Outlier",
        "As much, to two decimals",
        "Much of few pupils",
        "Less of many pupils",
    ]
