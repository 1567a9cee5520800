"""The pages of contacts: kept by schools, read by the authority, asked for on home."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.collections.chasing import file_row, returns_matching, rows_of, whom_to_call
from banding.collections.due import contact_items
from banding_portal.roles import Role
from schools.contacts.rules import Given
from schools.contacts.services import confirm_contacts
from schools.models import Contact, ContactConfirmation
from tests.factories import CollectionFactory, ReturnFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook")


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school, name="Nadia Bright", email="nadia@example.org")


def confirmed(school, by, **given):
    given = given or {"senco": Given("Ada Reed", "ada@example.org", "01632 960 100")}
    return confirm_contacts(school=school, given=given, seen="", by=by)


def url_of(school):
    return reverse("schools:contact_edit", args=[school.pk])


def filled(**given):
    return {"senco_name": "Ada Reed", "senco_email": "ada@example.org", "seen": "", **given}


def test_form_begins_with_who_uses_the_portal(client, school, senco):
    client.force_login(senco)
    initial = client.get(url_of(school)).context["form"].initial
    assert (initial["senco_name"], initial["senco_email"]) == ("Nadia Bright", "nadia@example.org")
    assert "headteacher_name" not in initial


def test_senco_confirms_and_everybody_reads_it(client, school, senco):
    client.force_login(senco)
    saved = client.post(url_of(school), filled(senco_telephone=" 01632  960 100 "))
    assert saved.url == reverse("schools:school_detail", args=[school.pk])
    page = flat(client.get(saved.url).content.decode())
    assert "01632 960 100" in page
    assert "by Nadia Bright." in page
    for role in (Role.SEND_OFFICER, Role.INCLUSION_PARTNER, Role.FINANCE_OFFICER):
        client.force_login(person(role, school=school if role == "inclusion_partner" else None))
        listed = flat(client.get(reverse("schools:contact_list")).content.decode())
        assert "Ada Reed" in listed
        assert "Nobody at present" in listed


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        ({"senco_email": "no address"}, "senco_email", "email address"),
        ({"senco_email": ""}, "senco_email", "SENCO: enter an email address or a telephone number"),
        ({"senco_name": ""}, "senco_name", "SENCO: enter the name too"),
        (
            {"finance_telephone": "01632 960 100"},
            "finance_name",
            "Finance contact: enter the name too",
        ),
        ({"senco_telephone": "later"}, "senco_telephone", "in figures, like 01632 960 100"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_kept(
    client, school, senco, given, field, problem
):
    client.force_login(senco)
    form = client.post(url_of(school), filled(**given)).context["form"]
    assert problem in str(form.errors[field])
    assert not Contact.objects.exists()


def test_what_somebody_saved_meanwhile_is_not_written_over(client, school, senco):
    client.force_login(senco)
    confirmed(school, person(Role.SEND_OFFICER, name="Rafael"))
    page = client.post(url_of(school), filled(senco_name="Ben Ash"))
    assert "Rafael has saved the contacts of Alderbrook meanwhile" in page.content.decode()
    assert ContactConfirmation.objects.count() == 1


def test_finance_contact_of_the_school_may_keep_them_as_well(client, school):
    client.force_login(person(Role.SCHOOL_FINANCE, school=school))
    assert client.get(url_of(school)).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Alderbrook", "Birchwood", "Cedars"]),
        ({"q": "birch"}, ["Birchwood"]),
        ({"q": "reed"}, ["Alderbrook"]),
        ({"missing": "senco"}, ["Birchwood", "Cedars"]),
        ({"missing": "finance"}, ["Alderbrook", "Birchwood", "Cedars"]),
        ({"confirmed": "never"}, ["Birchwood", "Cedars"]),
        ({"confirmed": "long_ago"}, []),
    ],
)
def test_list_is_narrowed(client, school, senco, wanted, names):
    confirmed(school, senco)
    SchoolFactory(name="Birchwood"), SchoolFactory(name="Cedars")
    SchoolFactory(name="Dell", status="closed")
    client.force_login(person(Role.SEND_OFFICER))
    rows = client.get(reverse("schools:contact_list"), wanted).context["page_obj"]
    assert [each.name for each in rows] == names


def test_partner_sees_the_contacts_of_assigned_schools_alone(client, school):
    SchoolFactory(name="Birchwood")
    client.force_login(person(Role.INCLUSION_PARTNER, school=school))
    rows = client.get(reverse("schools:contact_list")).context["page_obj"]
    assert [each.name for each in rows] == ["Alderbrook"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, count):
    officer = person(Role.SEND_OFFICER)
    for _ in range(count):
        confirmed(SchoolFactory(), officer)
    client.force_login(officer)
    with django_assert_num_queries(6):
        client.get(reverse("schools:contact_list"))


def test_home_asks_from_the_day_a_collection_opens_until_confirmed(school, senco):
    assert list(contact_items(senco)) == []
    collection = CollectionFactory(opens_on=TODAY - DAY, deadline=TODAY + 20 * DAY)
    ReturnFactory(collection=collection, school=school)
    for user in (senco, person(Role.HEADTEACHER, school=school)):
        (item,) = contact_items(user)
        assert (item.url, item.school) == (url_of(school), "Alderbrook")
    assert list(contact_items(person(Role.SCHOOL_FINANCE, school=school))) == []
    confirmed(school, senco)
    assert list(contact_items(senco)) == []
    ContactConfirmation.objects.update(confirmed_at=timezone.now() - 2 * DAY)
    assert len(list(contact_items(senco))) == 1


def test_home_asks_somebody_of_many_schools_about_three_at_a_time(senco):
    collection = CollectionFactory(opens_on=TODAY - DAY, deadline=TODAY + 20 * DAY)
    for each in range(5):
        school = SchoolFactory(name=f"School {each}")
        ReturnFactory(collection=collection, school=school)
        senco.memberships.create(role=Role.SENCO, school=school)
    items = list(contact_items(senco))
    assert [each.school for each in items] == ["School 0", "School 1", "School 2"]
    assert items[0].text.endswith("one of 5 schools")


def test_schools_to_chase_show_contacts_before_who_can_sign_in(school, senco):
    assert [str(each) for each in whom_to_call([school.pk])[school.pk]] == [
        "Nadia Bright <nadia@example.org>"
    ]
    confirmed(school, senco)
    row = ReturnFactory(school=school)
    (found,) = rows_of(returns_matching(row.collection, {}))
    assert file_row(found)[-1] == "Ada Reed <ada@example.org> 01632 960 100"


def test_school_without_anybody_who_can_sign_in_shows_its_contact(client, school):
    confirmed(school, person(Role.SEND_OFFICER))
    collection = CollectionFactory(opens_on=TODAY - DAY, deadline=TODAY + 20 * DAY)
    ReturnFactory(collection=collection, school=school)
    client.force_login(person(Role.SEND_OFFICER))
    for name in ("collection_detail", "reminder_list", "collection_returns"):
        page = client.get(reverse(f"banding:{name}", args=[collection.pk]))
        assert "01632 960 100" in page.content.decode()
