"""Contacts of schools: the rule, the service, two at once."""

import datetime as dt

import pytest
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.choices import ContactKind
from schools.contacts.rules import ContactError, Fact, Given, check, fact_of, problem_of
from schools.contacts.selectors import contacts_of, former_contacts, reachable
from schools.contacts.services import confirm_contacts
from schools.models import Contact, ContactConfirmation
from tests.banding.races import at_once
from tests.factories import SchoolFactory, person

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
ADA = Fact(TODAY - 30 * DAY, "Ada Reed", "ada@example.org")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given("", "ada@example.org"), "name"),
        (Given("", "", "01632 960 100"), "name"),
        (Given("Ada Reed"), "email"),
        (Given("Ada Reed", "", "call me"), "telephone"),
        (Given("Ada Reed", "", "12345"), "telephone"),
        (Given("Ada Reed", "", "01632 960 100"), None),
        (Given("Ada Reed", "", "+44 1632 960100 ext 12"), None),
        (Given("Ada Reed", "", "(01632) 960100 x7"), None),
        (Given(), None),
    ],
)
def test_contact_has_a_name_and_a_way_to_be_reached(given, field):
    assert (problem_of(given) or (None,))[0] == field


@pytest.mark.parametrize(
    ("kept", "given", "expected"),
    [
        (None, Given("Ada Reed", "a@b.example"), Fact(TODAY, "Ada Reed", "a@b.example")),
        (None, Given(), Fact(TODAY)),
        (ADA, Given("ada  REED", "new@b.example"), Fact(ADA.since, "ada  REED", "new@b.example")),
        (ADA, Given("Ben Ash", "ben@b.example"), Fact(TODAY, "Ben Ash", "ben@b.example")),
        (ADA, Given("Ben Ash", "b@b.example", since=TODAY - 9 * DAY),
         Fact(TODAY - 9 * DAY, "Ben Ash", "b@b.example")),
        (ADA, Given("Ada Read", "a@b.example", since=ADA.since),
         Fact(ADA.since, "Ada Read", "a@b.example")),
        (ADA, Given(), Fact(TODAY)),
    ],
)  # fmt: skip
def test_fact_that_holds_once_it_was_said(kept, given, expected):
    assert fact_of(kept, given, TODAY) == expected


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (Given("Ben Ash", "b@b.example", since=TODAY + DAY), "today or an earlier day"),
        (Given("Ben Ash", "b@b.example", since=ADA.since - DAY), "Ada Reed stands here since"),
        (Given("Ada Reed", "b@b.example", since=TODAY), "is the contact already"),
    ],
)
def test_day_that_cannot_be_is_refused(given, problem):
    with pytest.raises(ContactError, match=problem):
        fact_of(ADA, given, TODAY)


def test_everything_that_is_wrong_is_told_at_its_field():
    given = {"senco": Given("Ada Reed"), "finance": Given("", "x@b.example")}
    said, wrong = check({}, given, TODAY)
    assert [each.field for each in wrong] == ["senco_email", "finance_name"]
    assert list(said) == ["headteacher"]


def named(name="Ada Reed", **more):
    return {ContactKind.SENCO: Given(name, "ada@example.org", **more)}


@pytest.fixture
def school():
    return SchoolFactory(name="Alderbrook")


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school, name="Nadia")


@pytest.mark.django_db
def test_contacts_are_kept_with_who_confirmed_them(school, senco):
    done = confirm_contacts(school=school, given=named(), seen="", by=senco)
    assert (done.confirmed_by, done.confirmed_at.date()) == (senco, timezone.now().date())
    kept = contacts_of([school.pk])[school.pk]
    assert {kind: row.name for kind, row in kept.items()} == {
        "senco": "Ada Reed",
        "headteacher": "",
        "finance": "",
    }
    assert [each.name for each in reachable([school.pk], ContactKind)[school.pk]] == ["Ada Reed"]


@pytest.mark.django_db
def test_who_was_a_contact_before_stays_on_record(school, senco):
    first = confirm_contacts(school=school, given=named(), seen="", by=senco)
    Contact.objects.update(since=TODAY - 30 * DAY)
    second = confirm_contacts(school=school, given=named("Ben Ash"), seen=str(first.pk), by=senco)
    assert [each.name for each in former_contacts(school)] == ["Ada Reed"]
    confirm_contacts(school=school, given=named("Ben Ash"), seen=str(second.pk), by=senco)
    assert Contact.objects.filter(kind="senco").count() == 2
    assert ContactConfirmation.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [({}, None), ({"senco": Given("Ada Reed")}, "senco_email")],
)
def test_what_cannot_be_keeps_nothing(school, senco, given, field):
    with pytest.raises(RefusalError) as refused:
        confirm_contacts(school=school, given=given, seen="", by=senco)
    assert refused.value.field == field
    assert not Contact.objects.exists()
    assert not ContactConfirmation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.INCLUSION_PARTNER, Role.AUDITOR, Role.FINANCE_OFFICER])
def test_readers_change_nothing(school, role):
    reader = person(role, school=school if role == Role.INCLUSION_PARTNER else None)
    with pytest.raises(RefusalError):
        confirm_contacts(school=school, given=named(), seen="", by=reader)


@pytest.mark.django_db
def test_people_of_another_school_and_a_closed_school_are_refused(school, senco):
    stranger = person(Role.HEADTEACHER, school=SchoolFactory())
    with pytest.raises(RefusalError):
        confirm_contacts(school=school, given=named(), seen="", by=stranger)
    school.status = "closed"
    school.save()
    with pytest.raises(RefusalError, match="has closed"):
        confirm_contacts(school=school, given=named(), seen="", by=senco)


@pytest.mark.django_db(transaction=True)
def test_eight_who_confirm_at_once_are_one(school, senco):
    officers = [person(Role.SEND_OFFICER) for _ in range(8)]
    results = at_once(
        [
            lambda by=by, at=at: confirm_contacts(
                school=school, given=named(f"Ada {at}"), seen="", by=by
            )
            for at, by in enumerate(officers)
        ]
    )
    assert sum(isinstance(each, RefusalError) for each in results) == 7
    kept = ContactConfirmation.objects.get()
    place = officers.index(kept.confirmed_by)
    assert contacts_of([school.pk])[school.pk]["senco"].name == f"Ada {place}"
