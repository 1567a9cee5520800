"""What is found by typing is what a person may see, role by role, and its page opens to them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from banding_portal.finding.results import FEW, found_for
from banding_portal.roles import Role
from moderation.models import Case
from schools.models import Pupil
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
    assert "Help" in kinds(world.people[Role.SENCO], "reminder")


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
    with django_assert_num_queries(6):
        assert len(found()["Pupils"].rows) == 2
    assert not found()["Pupils"].more_url
    add(FEW)
    with django_assert_num_queries(6):
        pupils = found()["Pupils"]
    assert len(pupils.rows) == FEW
    client = signed_in(world, Role.SEND_OFFICER)
    assert f"{FEW + 2} pupils" in client.get(pupils.more_url).content.decode()
