"""The pages and the command by which what a closed school had moves on (rules.md S1)."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from banding_portal.commands import RefusedCommandError
from banding_portal.roles import Role
from schools.models import ImportRecord, Placement
from tests.factories import PupilFactory, person
from tests.schools.conversions import converted

pytestmark = pytest.mark.django_db
LIST = "/schools/became/"


def url_of(school):
    return reverse("schools:conversion", args=[school.pk])


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def test_home_leads_to_what_has_to_move(officer):
    assert "Schools that converted, merged or split" not in officer.get("/").text
    old, _ = converted("Brook Academy")
    PupilFactory(school=old)
    assert LIST in officer.get("/").text
    assert old.name in officer.get(LIST).text


def test_shown_first_then_moved(officer):
    old, new = converted("Brook Academy")
    pupil, senco = PupilFactory(school=old), person(Role.SENCO, school=old, name="Ada North")
    page = officer.get(url_of(old))
    assert "Ada North, SENCO" in page.text
    role = senco.memberships.get()
    given = {f"role-{role.pk}": str(new.pk), "ends_roles": "on"}
    shown = officer.post(url_of(old), given).text
    assert "1 pupil placed at Brook Academy" in shown
    assert pupil.placements.count() == 1
    answer = officer.post(url_of(old), given | {"confirm": "yes"})
    assert answer.url == reverse("schools:import_detail", args=[ImportRecord.objects.get().pk])
    assert pupil.placements.count() == 2
    assert senco.memberships.current().get().school == new


def test_split_offers_the_school_with_the_pupil_s_year_group(officer):
    old, infant, junior = converted("Brook Infant School", "Brook Junior School")
    type(infant).objects.filter(pk=infant.pk).update(high_age=7)
    type(junior).objects.filter(pk=junior.pk).update(low_age=7)
    pupil = PupilFactory(school=old)  # Year 4
    form = officer.get(url_of(old)).context["form"]
    assert form[f"pupil-{pupil.pk}"].initial == str(junior.pk)
    officer.post(url_of(old), {f"pupil-{pupil.pk}": str(junior.pk), "confirm": "yes"})
    assert pupil.placements.last().school == junior


def test_administrator_moves_roles_and_sees_no_pupil(sign_in):
    old, *_ = converted("Brook Infant School", "Brook Junior School")
    PupilFactory(school=old, surname="Secretname")
    page = sign_in(Role.ADMINISTRATOR).get(url_of(old)).text
    assert "Secretname" not in page
    assert "A SEND operations officer says which pupil" in page


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "no school that took its place"),
        (["Brook Academy"], "Everything that belonged to the school has moved"),
    ],
)
def test_page_with_nothing_to_do_says_so(officer, names, sentence):
    old, *became = converted(*names)
    type(old).objects.filter(pk__in=[new.pk for new in became]).update(quadrant=old.quadrant)
    assert sentence in officer.get(url_of(old)).text


def test_successor_that_is_not_here_has_to_be_imported_first(officer):
    old, new = converted("Brook Academy")
    PupilFactory(school=old)
    new.delete()
    page = officer.get(url_of(old)).text
    assert "Import it with the register of schools" in page
    assert new.urn in page


def test_list_says_when_nothing_waits(officer):
    assert "Nothing has to be moved" in officer.get(LIST).text


def command(*arguments):
    return call_command("convert_school", *arguments)


def test_command_tries_then_moves(capsys):
    old, _ = converted("Brook Academy")
    PupilFactory(school=old)
    by = person(Role.SEND_OFFICER)
    command(old.urn, "--user", by.email, "--dry-run", "--json")
    tried = json.loads(capsys.readouterr().out)
    assert tried["record"] is None
    assert Placement.objects.count() == 1
    command(old.urn, "--user", by.email, "--json")
    done = json.loads(capsys.readouterr().out)
    assert done["said"] == tried["said"]
    assert done["record"] == str(ImportRecord.objects.get().pk)
    assert Placement.objects.count() == 2


def test_command_refuses_whom_it_does_not_know():
    with pytest.raises(RefusedCommandError):
        command("123456", "--user", "nobody@example.org")
