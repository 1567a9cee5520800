"""Pupils, schools and people are found in any spelling, by words in any order (S9)."""

import pytest
from django.db import connection

from banding_portal.bulk import insert_rows
from banding_portal.folding import fold
from banding_portal.roles import Role
from banding_portal.search import found_by
from schools.models import FormerFact, Pupil, School, User
from schools.selectors.people import people_matching
from schools.selectors.pupils import search as pupils_by
from schools.selectors.register import search as schools_by
from tests.factories import PupilFactory, SchoolFactory, person
from tests.schools.pupil_pairs import FIRST, SECOND

pytestmark = pytest.mark.django_db

NAMES = [
    ("O’Testa", "Zoë"),
    ("Núñez", "Mary-Ann"),
    ("Wałęsa", "Łukasz"),
    ("Großmann", "Søren"),
    ("de\u00a0Testa", "A\u200bmira"),
    ("Khan-Ashworth", "Bilal"),
]


@pytest.fixture
def pupils():
    return {surname: PupilFactory(surname=surname, forename=name) for surname, name in NAMES}


def pupils_found(text):
    return list(Pupil.objects.filter(pupils_by(text)).values_list("surname", flat=True))


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("O'Testa", "O’Testa"),
        ("o’testa", "O’Testa"),
        ("oʼtesta", "O’Testa"),
        ("otesta", "O’Testa"),
        ("zoe", "O’Testa"),
        ("ZOE\u0308", "O’Testa"),
        ("zoe o'testa", "O’Testa"),
        ("O'Testa, Zoe", "O’Testa"),
        ("test zo", "O’Testa"),
        ("nunez", "Núñez"),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("mary ann", "Núñez"),
        ("maryann", "Núñez"),
        ("Ann, Mary", "Núñez"),
        ("nunez mary-ann", "Núñez"),
        ("lukasz", "Wałęsa"),
        ("Łukasz", "Wałęsa"),
        ("walesa", "Wałęsa"),
        ("grossmann", "Großmann"),
        ("soren gross", "Großmann"),
        ("de testa", "de\u00a0Testa"),
        ("amira", "de\u00a0Testa"),
        ("Khan Ashworth", "Khan-Ashworth"),
        ("khan–ashworth", "Khan-Ashworth"),
        ("Ashworth bilal khan", "Khan-Ashworth"),
    ],
)
def test_pupil_is_found(pupils, text, surname):
    assert pupils_found(text) == [surname]


@pytest.mark.parametrize("text", ["zoe nunez", "kahn", ".", "’", "%", "_", "zoex"])
def test_nobody_is_found(pupils, text):
    assert pupils_found(text) == []


def test_percent_and_underscore_are_letters_like_others():
    PupilFactory(surname="A%B_C")
    assert (pupils_found("a%b"), pupils_found("b_c"), pupils_found("a_b")) == (
        ["A%B_C"],
        ["A%B_C"],
        [],
    )


@pytest.mark.parametrize("text", ["khan", "Amira Khan", "khán", FIRST, FIRST.lower(), f" {FIRST} "])
def test_pupil_is_found_by_what_was_true_earlier(text):
    pupil = PupilFactory(surname="Khan", forename="Amira", upn=FIRST)
    pupil.surname, pupil.upn = "Ashworth", SECOND
    pupil.save()
    other = PupilFactory(surname="Other", forename="Bilal")
    assert pupils_found(text) == ["Ashworth"]
    assert FormerFact.objects.filter(pupil=other).count() == 0


def test_former_reference_or_birth_date_finds_nobody():
    pupil = PupilFactory(surname="Khan", reference="old-1")
    pupil.reference = "new-1"
    pupil.save()
    assert (pupils_found("old"), pupils_found("new")) == ([], ["Khan"])


@pytest.mark.parametrize(
    "text",
    [
        "St George's",
        "st george’s",
        "ST. GEORGES",
        "georges st",
        "St George's, Uptown",
        "zoe-le",
        "zoele",
    ],
)
def test_school_is_found(text):
    SchoolFactory(name="St George’s Church of England School", town="Uptown Zoë-le-Field")
    SchoolFactory(name="Beck Hill", town="Lowtown")
    found = School.objects.filter(schools_by(text))
    assert [school.name for school in found] == ["St George’s Church of England School"]


@pytest.mark.parametrize(
    "text", ["zoe", "nunez zoe", "Núñez", "zoe.n@", "st george's", "georges st"]
)
def test_person_is_found(text):
    school = SchoolFactory(name="St George’s")
    sought = person(Role.SENCO, school=school, name="Zoë Núñez", email="zoe.n@example.org")
    person(Role.SENCO, school=SchoolFactory(name="Beck Hill"), name="Bilal Khan")
    assert list(people_matching({"q": text})) == [sought]


def test_column_is_what_python_folds():
    surnames = [surname for surname, _ in NAMES]
    for surname in surnames:
        PupilFactory(surname=surname, forename="Zoë")
    for pupil in Pupil.objects.all():
        assert pupil.folded.split() == [
            *fold(pupil.surname).split(),
            fold(pupil.surname).replace(" ", ""),
            "zoe",
            "zoe",
        ]


def test_column_follows_every_write():
    pupil = PupilFactory(surname="Khan")
    Pupil.objects.update(surname="Núñez")
    assert pupils_found("nunez") == ["Núñez"]
    insert_rows(Pupil, [PLAIN | {"reference": "bulk-1", "surname": "Zoë"}])
    assert pupils_found("zoe") == ["Zoë"]
    pupil.refresh_from_db()
    pupil.surname = "Łada"
    pupil.save()
    assert pupils_found("lada") == ["Łada"]


PLAIN = {"forename": "Amira", "date_of_birth": "2018-03-04", "responsible_la": "999"}


def test_audit_trail_leaves_the_column_out():
    events = {
        model._meta.label: {field.name for field in model._meta.fields}
        for source in (Pupil, School, FormerFact)
        for model in [source._meta.get_field("events").related_model]
    }
    assert len(events) == 3
    assert not any("folded" in fields for fields in events.values())


def test_change_is_still_one_event():
    pupil = PupilFactory(surname="Khan")
    pupil.surname = "Núñez"
    pupil.save()
    pupil.save()
    labels = pupil._meta.get_field("events").related_model.objects.order_by("pgh_id")
    assert list(labels.values_list("pgh_label", "surname")) == [
        ("insert", "Khan"),
        ("update", "Núñez"),
    ]


def test_words_may_stand_in_different_fields():
    person(Role.AUDITOR, name="Zoë Núñez", email="khan@example.org")
    assert User.objects.filter(found_by("khan zoe", "name__folded", "email__folded")).count() == 1
    assert User.objects.filter(found_by("khan zoe", "name__folded")).count() == 0


def test_name_in_the_middle_is_found_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, values = (
            Pupil.objects.filter(found_by("nunez", "folded")).order_by().query.sql_with_params()
        )
        cursor.execute(f"EXPLAIN {sql}", values)
        assert "pupil_folded" in "\n".join(row[0] for row in cursor.fetchall())
