"""What is found by typing is what a person may see, role by role, and its page opens to them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from banding_portal.finding.results import FEW, found_for
from banding_portal.roles import FUNDING_READERS, Role
from moderation.models import Case
from schools.models import Contact, Pupil
from tests.access.people import NEVER_SHOWN, SCOPED
from tests.access.rules import RULES
from tests.access.world import CANARY, NAME
from tests.factories import PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
FIND = reverse("find")


def signed_in(world, role):
    client = Client()
    client.force_login(world.people[role])
    return client


def looked_for(world):
    """Names and numbers of either school, and a word of everything else."""
    pupils = [world.side(side).objects["pupil"] for side in ("own", "other")]
    numbers = [value for pupil in pupils for value in (pupil.upn, pupil.reference)]
    cases = [world.side(side).objects["case"].reference for side in ("own", "other")]
    schools = [world.side(side).school.urn for side in ("own", "other")]
    return [CANARY, NAME, "School", "the", "term", "band", *numbers, *cases, *schools]


@pytest.mark.parametrize("role", Role.values)
def test_nothing_is_found_that_the_role_may_not_see(role, world):
    client, user, wrong = signed_in(world, role), world.people[role], []
    own = {str(each.pk) for each in Pupil.objects.visible_to(user)}
    own_cases = {str(pk) for pk in Case.objects.visible_to(user).values_list("pk", flat=True)}
    for text in filter(None, looked_for(world)):
        groups = found_for(user, text)
        told = " ".join(f"{row.title} {row.note}" for group in groups for row in group.rows)
        hidden = [*NEVER_SHOWN.get(role, ()), *([CANARY] if role in SCOPED else ())]
        wrong += [f"{text}: tells {word}" for word in hidden if word in told]
        for url in [row.url for group in groups for row in group.rows]:
            pupil, case = re.match(r"/pupils/([\w-]+)/", url), re.match(r"/cases/([\w-]+)/", url)
            wrong += [url] * bool(pupil and pupil[1] not in own)
            wrong += [url] * bool(case and case[1] not in own_cases)
            if (status := client.get(url).status_code) not in {200, 302}:
                wrong.append(f"{text}: {url} answers {status}")
        for url in [group.more_url for group in groups if group.more_url]:
            assert client.get(url).status_code == 200
    assert wrong == []


def kinds(user, text):
    return [group.heading for group in found_for(user, text)]


def test_each_kind_is_found_by_who_may_open_its_list(world):
    """So that a source that finds nothing at all is noticed."""
    pupil = world.own.objects["pupil"]
    case = world.own.objects["case"]
    period = world.own.objects["run"].period.name
    collection = world.own.objects["collection"].name
    expected = {
        ("Pupils", pupil.reference, "schools:pupil_list"),
        ("Schools", world.own.school.urn, "schools:school_detail"),
        ("People", "The administrator", "schools:person_list"),
        ("Cases", case.reference, "moderation:case_list"),
        ("Runs", period, "funding:run_list"),
        ("Collections", collection, "banding:collection_list"),
        ("Returns", collection, "banding:return_list"),
    }
    for heading, text, page in expected:
        finders = {role for role in Role.values if heading in kinds(world.people[role], text)}
        assert (heading, finders) == (heading, RULES[page].roles)
    assert "Help" in kinds(world.people[Role.ADMINISTRATOR], "reminder")
    assert finders_of(world, "Pupils in runs", pupil.reference) == FUNDING_READERS
    pupil.upn = "A801200001001"
    pupil.save()
    assert finders_of(world, "Pupils in runs", "a801200001001") == FUNDING_READERS


def finders_of(world, heading, text):
    return {role for role in Role.values if heading in kinds(world.people[role], text)}


def test_who_works_for_a_school_is_found_by_whoever_sees_the_school(world):
    senco = world.people[Role.SENCO]
    page = reverse("schools:school_detail", args=[world.own.school.pk])
    for role in (Role.SEND_OFFICER, Role.HEADTEACHER, Role.INCLUSION_PARTNER, Role.FINANCE_OFFICER):
        groups = {each.heading: each.rows for each in found_for(world.people[role], senco.name)}
        assert (senco.name, page) in [(one.title, one.url) for one in groups["People at schools"]]
    head = world.people[Role.HEADTEACHER]
    assert "People at schools" not in kinds(head, f"{CANARY} Moderator")


def test_contact_without_an_account_is_found(world):
    usual = {"school": world.own.school, "kind": "finance", "telephone": "01632 960 100"}
    Contact.objects.create(**usual, since="2020-01-01", name="Old Bursar")
    Contact.objects.create(**usual, since="2021-01-01", name="Ines Moss")
    for role in (Role.SEND_OFFICER, Role.SENCO):
        user = world.people[role]
        assert "Contacts of schools" in kinds(user, "moss, ines")
        assert "Contacts of schools" not in kinds(user, "Bursar")


def test_training_and_sheets_are_found(world):
    user = world.people[Role.SENCO]
    assert "Training" in kinds(user, world.own.objects["training"].title)
    assert "Information sheets" in kinds(user, world.own.objects["sheet"].title)


@pytest.mark.parametrize("role", Role.values)
def test_what_is_found_is_found_by_the_words_it_is_shown_in(role, world):
    user, lost = world.people[role], []
    for text in filter(None, looked_for(world)):
        for group in found_for(user, text):
            for row in group.rows:
                again = [each.url for one in found_for(user, row.title) for each in one.rows]
                more = [one for one in found_for(user, row.title) if one.more_url]
                lost += [row.title] * (row.url not in again and not more)
    assert lost == []


def test_case_and_pupil_by_what_lists_call_them(world):
    case = world.own.objects["case"]
    lead = world.people[Role.MODERATION_LEAD]
    for text in (f"case {case.reference}", f"Pupil {case.reference}", f"Cases: {case.reference}"):
        assert "Cases" in kinds(lead, text)
    pupil = world.own.objects["pupil"]
    assert "Pupils" in kinds(world.people[Role.SEND_OFFICER], f"pupil {pupil.reference}")


def test_only_thing_found_is_opened_at_once(world):
    pupil = world.own.objects["pupil"]
    answer = signed_in(world, Role.SEND_OFFICER).get(FIND, {"q": pupil.reference})
    assert answer.url == reverse("schools:pupil_detail", args=[pupil.pk])


def test_other_school_s_pupil_is_not_there_and_the_page_says_nothing_of_it(world):
    pupil = world.other.objects["pupil"]
    answer = signed_in(world, Role.SENCO).get(FIND, {"q": pupil.reference})
    assert "Nothing that you can see matches" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "a", "x" * 101, "a\x00"])
def test_what_cannot_be_looked_for_is_told(world, text):
    answer = signed_in(world, Role.SEND_OFFICER).get(FIND, {"q": text}).content.decode()
    assert "There is a problem" in answer
    assert "Nothing that you can see matches" not in answer


def test_few_are_shown_and_the_list_has_the_others(world, django_assert_num_queries):
    user = world.people[Role.SEND_OFFICER]

    def found():
        return {group.heading: group for group in found_for(user, "Zymurgy")}

    def add(count):
        for _ in range(count):
            PupilFactory(surname="Zymurgy", school=SchoolFactory(name="Zymurgy School"))

    add(2)
    found()
    with django_assert_num_queries(10):
        assert len(found()["Pupils"].rows) == 2
    assert not found()["Pupils"].more_url
    add(FEW)
    with django_assert_num_queries(10):
        pupils = found()["Pupils"]
    assert len(pupils.rows) == FEW
    client = signed_in(world, Role.SEND_OFFICER)
    assert f"{FEW + 2} pupils" in client.get(pupils.more_url).content.decode()
