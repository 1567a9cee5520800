"""What was true of a pupil or a school is kept, whoever writes and however (S11)."""

import datetime as dt

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from banding_portal.audit_trail.events import changes_matching
from banding_portal.audit_trail.words import lines_of
from banding_portal.bulk import update_rows
from schools.choices import Fact
from schools.models import FormerFact, FormerSector, Pupil, School
from schools.selectors.history import (
    Facts,
    facts_on,
    former_facts,
    former_names,
    former_upns,
)
from schools.services.history import always_true, true_from
from tests.banding.races import at_once
from tests.factories import PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 17)
YESTERDAY = dt.date(2026, 11, 16)
SEPTEMBER = dt.date(2026, 9, 1)
DAY = dt.timedelta(days=1)


def kept(pupil: Pupil) -> list[tuple]:
    rows = FormerFact.objects.filter(pupil=pupil).order_by("kind", "until", "recorded_at")
    return [(row.kind, row.value, row.until) for row in rows]


def change(pupil: Pupil, **facts) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(**facts)


def khan(**facts) -> Pupil:
    return PupilFactory(surname="Khan", forename="Amira", **facts)


@pytest.mark.parametrize(
    ("facts", "kind", "value"),
    [
        ({"upn": "H801200001001"}, "upn", "A801200001001"),
        ({"surname": "Lowe"}, "name", "Khan, Amira"),
        ({"forename": "Amirah"}, "name", "Khan, Amira"),
        ({"date_of_birth": dt.date(2018, 4, 3)}, "date_of_birth", "2018-03-04"),
        ({"reference": "999-B"}, "reference", "999-A"),
        ({"responsible_la": "998"}, "responsible_la", "999"),
        ({"primary_need": "ASD"}, "primary_need", "SLCN"),
    ],
)
def test_change_of_a_fact_is_true_from_today(facts, kind, value):
    pupil = khan(reference="999-A", upn="A801200001001")
    change(pupil, **facts)
    assert kept(pupil) == [(kind, value, YESTERDAY)]


def test_every_kind_is_watched():
    pupil = khan(reference="999-A", upn="A801200001001")
    pupil.surname, pupil.upn, pupil.reference = "Lowe", "H801200001001", "999-B"
    pupil.date_of_birth, pupil.responsible_la = dt.date(2018, 4, 3), "998"
    pupil.primary_need = "ASD"
    pupil.save()
    assert [kind for kind, _, _ in kept(pupil)] == sorted(Fact.values)


def test_new_pupil_has_no_former_fact():
    assert kept(PupilFactory()) == []


def test_year_group_has_no_history():
    pupil = PupilFactory()
    change(pupil, recorded_year_group=4, recorded_for=2026)
    assert kept(pupil) == []


def test_blank_was_no_fact():
    pupil = PupilFactory(upn=None, primary_need="")
    change(pupil, upn="A801200001001", primary_need="ASD")
    assert kept(pupil) == []


def test_fact_taken_away_was_one():
    pupil = PupilFactory(upn="A801200001001")
    change(pupil, upn=None)
    assert kept(pupil) == [("upn", "A801200001001", YESTERDAY)]


def test_bulk_writes_are_seen_whatever_their_way():
    first, second, third = (PupilFactory() for _ in range(3))
    Pupil.objects.update(responsible_la="998")
    update_rows(Pupil, [{"id": first.pk, "primary_need": "ASD"}])
    second.surname = "Other"
    Pupil.objects.bulk_update([second], ["surname"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE schools_pupil SET upn = 'A801200001001' WHERE id = %s", [third.pk])
        cursor.execute("UPDATE schools_pupil SET upn = NULL WHERE id = %s", [third.pk])
    assert [kind for kind, _, _ in kept(first)] == ["primary_need", "responsible_la"]
    assert [kind for kind, _, _ in kept(second)] == ["name", "responsible_la"]
    assert [kind for kind, _, _ in kept(third)] == ["responsible_la", "upn"]


def test_change_from_an_earlier_day():
    pupil = PupilFactory()
    with true_from(SEPTEMBER):
        change(pupil, responsible_la="998")
    assert kept(pupil) == [("responsible_la", "999", SEPTEMBER - DAY)]


def test_mistake_leaves_nothing_of_the_past():
    pupil = PupilFactory()
    with always_true():
        change(pupil, responsible_la="998", surname="Lowe")
    assert kept(pupil) == []


def test_day_holds_only_as_long_as_it_is_said():
    pupil = PupilFactory()
    with true_from(SEPTEMBER), always_true():
        change(pupil, responsible_la="998")
    with true_from(SEPTEMBER):
        with always_true():
            pass
        change(pupil, primary_need="ASD")
    change(pupil, responsible_la="997")
    assert kept(pupil) == [
        ("primary_need", "SLCN", SEPTEMBER - DAY),
        ("responsible_la", "998", YESTERDAY),
    ]


def test_error_ends_the_day_too():
    pupil = PupilFactory()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), always_true():
        raise ZeroDivisionError
    change(pupil, responsible_la="998")
    assert kept(pupil) == [("responsible_la", "999", YESTERDAY)]


def test_what_was_true_for_no_day_is_not_kept():
    pupil = PupilFactory()
    change(pupil, responsible_la="998")
    change(pupil, responsible_la="997")
    assert kept(pupil) == [("responsible_la", "999", YESTERDAY)]


def test_change_and_back_on_one_day_leaves_no_trace():
    pupil = PupilFactory()
    change(pupil, responsible_la="998")
    change(pupil, responsible_la="999")
    assert kept(pupil) == []


def test_upn_of_an_hour_is_found_all_the_same():
    pupil = PupilFactory(upn="A801200001001")
    change(pupil, upn="H801200001001")
    change(pupil, upn=None)
    assert sorted(value for _, value, _ in kept(pupil)) == ["A801200001001", "H801200001001"]


def test_history_goes_with_its_pupil():
    pupil = PupilFactory()
    change(pupil, responsible_la="998")
    pupil.delete()
    assert not FormerFact.objects.exists()


def test_sector_of_a_school_is_kept_with_its_day():
    school, other = SchoolFactory(), SchoolFactory()
    with true_from(SEPTEMBER):
        School.objects.filter(pk=school.pk).update(sector="special")
    School.objects.update(name="Alderbrook")
    School.objects.filter(pk=school.pk).update(sector="independent")
    found = FormerSector.objects.values_list("school", "sector", "until")
    assert list(found) == [
        (school.pk, "mainstream", SEPTEMBER - DAY),
        (school.pk, "special", YESTERDAY),
    ]
    assert not other.former_sectors.exists()


def test_sector_corrected_leaves_nothing_of_the_past():
    school = SchoolFactory()
    with always_true():
        School.objects.update(sector="special")
    assert not school.former_sectors.exists()


def test_facts_on_a_day():
    pupil = khan(reference="999-A", upn=None)
    with true_from(SEPTEMBER):
        change(pupil, surname="Lowe", responsible_la="998", upn="A801200001001")
    change(pupil, responsible_la="997", date_of_birth=dt.date(2018, 4, 3), primary_need="ASD")
    pupil.refresh_from_db()
    born, now = dt.date(2018, 3, 4), dt.date(2018, 4, 3)
    upn = "A801200001001"
    august = Facts(upn, "Khan, Amira", born, "999-A", "999", "SLCN")
    assert facts_on(pupil, SEPTEMBER - DAY) == august
    september = Facts(upn, "Lowe, Amira", born, "999-A", "998", "SLCN")
    assert facts_on(pupil, SEPTEMBER) == facts_on(pupil, YESTERDAY) == september
    assert facts_on(pupil, TODAY) == Facts(upn, "Lowe, Amira", now, "999-A", "997", "ASD")


def test_former_names_and_upns_latest_first():
    pupil, other = khan(upn="A801200001001"), khan()
    with true_from(SEPTEMBER):
        change(pupil, surname="Lowe", upn=None)
    change(pupil, surname="Moss")
    change(other, surname="Nash")
    names = former_names([pupil.pk])
    assert [row.value for row in names] == ["Lowe, Amira", "Khan, Amira"]
    assert {row.pupil_id for row in former_names()} == {pupil.pk, other.pk}
    assert [row.value for row in former_upns()] == ["A801200001001"]
    found = former_facts(Fact.NAME, value="Lowe, Amira")
    assert [row.pupil_id for row in found] == [pupil.pk]


def test_fact_begins_when_the_one_before_it_ended():
    pupil = PupilFactory()
    with true_from(SEPTEMBER):
        change(pupil, responsible_la="998", surname="Lowe")
    change(pupil, responsible_la="997")
    rows = FormerFact.objects.filter(kind=Fact.RESPONSIBLE_LA).with_start()
    assert [(row.value, row.before) for row in rows] == [("999", None), ("998", SEPTEMBER - DAY)]


def test_auditor_sees_the_history_being_written():
    pupil = khan()
    change(pupil, surname="Lowe")
    [line] = lines_of(changes_matching(offset=0, limit=9, kind="schools.formerfact"))
    told = ("Added", "Earlier detail of a pupil", "Amira Lowe")
    assert (line.action, line.kind, line.about) == told
    shown = {each.label: each.new for each in line.differences}
    assert shown["Value"] == "Khan, Amira"
    assert shown["Until"] == "16 Nov 2026"


CHANGES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9)), max_size=8)


@given(changes=CHANGES)
def test_any_changes_in_order_of_their_days_give_each_day_its_value(changes):
    """Changes told in the order they happened: each day has what was said of it last."""
    expected = dict.fromkeys(range(10), "A")
    with transaction.atomic():
        pupil = PupilFactory(responsible_la="A")
        for value, number in sorted(changes, key=lambda each: each[1]):
            with true_from(SEPTEMBER + number * DAY):
                change(pupil, responsible_la=value)
            expected |= dict.fromkeys(range(number, 10), value)
        pupil.refresh_from_db()
        found = {
            number: facts_on(pupil, SEPTEMBER + number * DAY).responsible_la for number in range(10)
        }
        transaction.set_rollback(True)
    assert found == expected


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_keep_one_value_a_day():
    pupil = PupilFactory()
    results = at_once(
        [lambda code=code: change(pupil, responsible_la=code) for code in ("998", "997")]
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert kept(pupil) == [("responsible_la", "999", YESTERDAY)]
