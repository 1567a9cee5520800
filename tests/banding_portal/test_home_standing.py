"""How things stand, on the home page of every role."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from banding.choices import CollectionKind
from banding.standing import standing_of
from banding_portal.roles import Role
from banding_portal.words import day
from schools.models import Correction
from schools.standing import standing_of as people_standing
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.factories import (
    MembershipFactory,
    PupilFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
    person,
)
from tests.schools.training import trained

pytestmark = pytest.mark.django_db


def test_school_sees_its_own_pupils_counted():
    pupil_return, rows = return_with_pupils(3)
    decide(rows[0])
    (standing,) = standing_of(senco_of(pupil_return))
    assert dict(standing.figures) == {
        "Pupils": "3",
        "Done": "1",
        "Still to do": "2",
        "The return is": "in progress",
    }
    assert standing.chart == ()
    assert (standing.done, standing.total) == (1, 3)


def test_round_nobody_has_begun_says_so_and_counts_nobody_as_done():
    pupil_return, _ = return_with_pupils(3, collection__kind=CollectionKind.ROUND)
    (standing,) = standing_of(senco_of(pupil_return))
    assert dict(standing.figures) == {
        "Pupils": "3",
        "Reported so far": "Nothing",
        "The return is": "not started",
    }
    assert standing.total == 0


def test_senco_of_two_schools_sees_each_and_no_picture_of_two(client):
    pupil_return, _ = return_with_pupils(2)
    other = ReturnFactory(collection=pupil_return.collection)
    senco = senco_of(pupil_return)
    MembershipFactory(user=senco, role=Role.SENCO, school=other.school)
    (standing,) = standing_of(senco)
    assert {each.name for each in standing.schools} == {pupil_return.school.name, other.school.name}
    assert standing.chart == ()
    client.force_login(senco)
    assert "Contacts</th>" not in client.get(reverse("home")).text


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_authority_sees_every_school_and_a_stranger_none(role):
    pupil_return = ReturnFactory()
    ReturnFactory(collection=pupil_return.collection)
    (standing,) = standing_of(person(role))
    assert [(bar["label"], bar["value"]) for bar in standing.chart] == [
        ("Submitted", 0),
        ("In progress", 0),
        ("Not started", 2),
    ]
    assert standing_of(person(Role.FINANCE_OFFICER)) == []


def partner_of(*schools):
    partner = person(Role.INCLUSION_PARTNER, school=schools[0])
    for school in schools[1:]:
        MembershipFactory(user=partner, role=Role.INCLUSION_PARTNER, school=school)
    return partner


def test_partner_sees_each_school_those_not_in_first(client):
    done, _ = submitted_return(2)
    ash = ReturnFactory(collection=done.collection, school=SchoolFactory(name="Ash School"))
    row = ReturnPupilFactory(pupil_return=ash)
    ReturnFactory(collection=done.collection)
    client.force_login(partner_of(done.school, ash.school, SchoolFactory(name="Birch School")))
    page = client.get(reverse("home"))
    (standing,) = page.context["standings"]
    rows = [(each.name, each.state, each.done, each.total) for each in standing.schools]
    assert rows == [
        ("Ash School", "not_started", 0, 1),
        (done.school.name, "submitted", 2, 2),
        ("Birch School", "", 0, 0),
    ]
    assert standing.chart == ()
    text = " ".join(page.text.split())
    assert f'href="{reverse("banding:return_detail", args=[ash.pk])}">Ash School<' in text
    assert "2 of 2" in text
    assert "Contacts</th>" in text
    assert "Birch School" in text
    assert "No return: no pupil whom this collection asks about" in text
    assert row.pupil.surname not in text


def test_home_of_a_partner_takes_as_many_queries_for_many_schools(client):
    collection = ReturnFactory().collection

    def queries(count):
        returns = [ReturnFactory(collection=collection) for _ in range(count)]
        for pupil_return in returns:
            ReturnPupilFactory(pupil_return=pupil_return)
        client.force_login(partner_of(*(each.school for each in returns)))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("home")).status_code == 200
        return len(captured)

    assert queries(12) == queries(2) <= 20


def test_administrator_sees_who_has_not_signed_in(client, django_assert_num_queries):
    now = timezone.now()
    admin = person(Role.ADMINISTRATOR, last_login=now)
    UserFactory(last_login=now - dt.timedelta(days=91))
    UserFactory(last_login=now - dt.timedelta(days=89))
    UserFactory(joined_at=now - dt.timedelta(days=200))
    UserFactory(is_active=False)
    assert admin.roles
    with django_assert_num_queries(1):
        (standing,) = people_standing(admin)
    assert dict(standing.figures) == {
        "People": "4",
        "Have not signed in yet": "1",
        "Not signed in for 3 months": "1",
    }
    client.force_login(admin)
    assert len(client.get(standing.url).context["page_obj"]) == 1
    assert people_standing(person(Role.SEND_OFFICER)) == []


def test_auditor_sees_what_was_corrected_lately(client, django_assert_num_queries):
    auditor, now = person(Role.AUDITOR), timezone.now()
    pupil = PupilFactory()
    for days, undone in ((1, None), (2, now), (40, None)):
        made = Correction.objects.create(
            pupil=pupil,
            record="placement",
            subject=pupil.pk,
            kind="corrected",
            before={},
            before_words="From 1 September 2026",
            reason="The school gave another day.",
            undone_at=undone,
        )
        Correction.objects.filter(pk=made.pk).update(made_at=now - dt.timedelta(days=days))
    assert auditor.roles
    with django_assert_num_queries(1):
        (standing,) = people_standing(auditor)
    assert dict(standing.figures) == {"Corrections": "2", "Pupils": "1", "Taken back": "1"}
    client.force_login(auditor)
    assert "Correction" in client.get(standing.url).content.decode()


def test_home_shows_the_figures(client):
    pupil_return, _ = return_with_pupils(2)
    client.force_login(senco_of(pupil_return))
    page = client.get(reverse("home")).content.decode()
    assert "Still to do" in page


def test_headteacher_sees_who_at_the_school_is_trained():
    school = SchoolFactory(name="Alderbrook")
    head = person(Role.HEADTEACHER, school=school, name="Holly Head")
    senco = person(Role.SENCO, school=school, name="Nadia")
    person(Role.SENCO, school=SchoolFactory(), name="Elsewhere")
    person(Role.SCHOOL_FINANCE, school=school, name="Finn Ance")
    assert people_standing(head) == []
    place = trained(senco)
    (standing,) = people_standing(head)
    assert standing.title == "Training on the bands at Alderbrook"
    assert standing.facts == [
        ("Holly Head, Headteacher", "Not trained yet"),
        ("Nadia, SENCO", f"Trained on {day(place.done_at)}"),
    ]
    assert people_standing(senco) == []


@pytest.mark.parametrize("count", [1, 3])
def test_who_is_trained_takes_as_many_queries_at_one_school_as_at_three(
    count, django_assert_num_queries
):
    head = UserFactory()
    for _ in range(count):
        school = SchoolFactory()
        MembershipFactory(user=head, role=Role.HEADTEACHER, school=school)
        trained(person(Role.SENCO, school=school))
    assert head.roles
    with django_assert_num_queries(1):
        assert len(people_standing(head)) == count
