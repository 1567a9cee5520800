"""Rows written by one statement are as the models would write them."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, transaction

from banding.choices import DecisionSource, DecisionState
from banding.models import BandDecision
from banding_portal.bulk import insert_rows, update_rows
from schools.models import Pupil
from tests.factories import BandDecisionFactory, FrameworkFactory, PupilFactory

pytestmark = pytest.mark.django_db
BORN = dt.date(2015, 5, 6)


def pupil_row(number, **more):
    return {
        "reference": f"R{number}",
        "surname": "Öğe",
        "forename": "",
        "date_of_birth": BORN,
        **more,
    }


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Pupil, [])
        update_rows(Pupil, [])


def test_many_rows_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        insert_rows(Pupil, [pupil_row(number) for number in range(30)])
    assert Pupil.objects.count() == 30


def test_what_is_left_out_is_the_default_of_the_model():
    insert_rows(Pupil, [pupil_row(1)])
    found, made = Pupil.objects.get(), Pupil(**pupil_row(1))
    for field in Pupil._meta.concrete_fields:
        if not field.primary_key and not field.generated:
            assert getattr(found, field.attname) == getattr(made, field.attname), field


def test_ids_are_made_where_they_are_not_given():
    pk = uuid4()
    insert_rows(Pupil, [pupil_row(1, id=pk)])
    insert_rows(Pupil, [pupil_row(2), pupil_row(3)])
    assert Pupil.objects.get(reference="R1").pk == pk
    assert len(set(Pupil.objects.values_list("pk", flat=True))) == 3


@pytest.mark.parametrize(
    "text", ["", "O'Hara", 'say "so"', "two\nlines", "back\\slash", "100 %s", "{a,b}", "🎈", "null"]
)
def test_text_is_kept_as_it_is(text):
    insert_rows(Pupil, [pupil_row(1, primary_need="", responsible_la="") | {"forename": text}])
    assert Pupil.objects.get().forename == text


def test_nothing_may_be_none():
    insert_rows(Pupil, [pupil_row(1, upn=None)])
    assert Pupil.objects.get().upn is None


def test_defaults_of_a_decision_are_a_draft_of_version_1():
    pupil, framework = PupilFactory(), FrameworkFactory()
    row = {
        "pupil_id": pupil.pk,
        "framework_id": framework.pk,
        "source": DecisionSource.SCHOOL,
        "effective_from": BORN,
        "decided_at": dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC),
    }
    insert_rows(BandDecision, [row])
    found = BandDecision.objects.get()
    assert (found.state, found.version, found.band) == (DecisionState.DRAFT, 1, None)
    assert found.decided_at == row["decided_at"]
    assert [event.pgh_label for event in found.events.all()] == ["insert"]


def test_update_writes_what_rows_name_into_theirs_alone():
    first, second, third = (
        BandDecisionFactory(rationale="old", state=DecisionState.DRAFT) for _ in range(3)
    )
    update_rows(
        BandDecision,
        [
            {"id": first.pk, "rationale": "a", "version": 5, "band_id": None},
            {"id": second.pk, "rationale": "b", "version": 6, "band_id": second.band_id},
        ],
    )
    found = [BandDecision.objects.get(pk=one.pk) for one in (first, second, third)]
    assert [(one.rationale, one.version) for one in found] == [("a", 5), ("b", 6), ("old", 1)]
    assert [one.band_id for one in found] == [None, second.band_id, third.band_id]
    assert [one.effective_from for one in found] == [
        one.effective_from for one in (first, second, third)
    ]


def test_update_of_many_rows_is_one_statement(django_assert_num_queries):
    pupils = [PupilFactory() for _ in range(3)]
    with django_assert_num_queries(1):
        update_rows(Pupil, [{"id": one.pk, "surname": "New"} for one in pupils])
    assert set(Pupil.objects.values_list("surname", flat=True)) == {"New"}


def test_text_that_is_too_long_is_refused_and_not_cut():
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(Pupil, [pupil_row(1, surname="x" * 500)])
    assert not Pupil.objects.exists()


def test_constraints_hold():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Pupil, [pupil_row(1), pupil_row(1)])
    assert not Pupil.objects.exists()
