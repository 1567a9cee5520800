"""Publishing and changing roles ask who it is again, where a second factor is demanded (Q4)."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings as django_settings
from django.urls import reverse

from banding_portal.roles import Role
from schools.models import Membership
from tests.access.walking import view_classes
from tests.factories import UserFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked

pytestmark = pytest.mark.django_db
PASSWORD = "three-green-pebbles"


@pytest.fixture(autouse=True)
def _demanded(settings):
    """The setting is on; that a person without a second factor gets nowhere is tested elsewhere."""
    settings.REQUIRE_SECOND_FACTOR = True
    settings.MIDDLEWARE = [
        name for name in django_settings.MIDDLEWARE if "second_factor" not in name
    ]


@pytest.fixture
def enter(client):
    """`enter(role)`: signed in by password, a while ago."""

    def _enter(role):
        user = person(role)
        user.set_password(PASSWORD)
        user.save()
        client.force_login(user)
        client.user = user
        return client

    return _enter


def confirm(client, answer):
    """Follow the redirect, type the password, and see where that leads."""
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))
    return client.post(answer.url, {"password": PASSWORD})


def test_giving_a_role_is_not_done_before_and_done_after(enter):
    client, somebody = enter(Role.ADMINISTRATOR), UserFactory()
    page = reverse("schools:person_detail", args=[somebody.pk])
    give = {"action": "give", "role": Role.MODERATION_LEAD}
    answer = client.post(page, give)
    assert "Nothing has been changed yet" in client.get(answer.url).text
    back = confirm(client, answer)
    assert (back.status_code, back.url) == (302, page)
    assert not Membership.objects.filter(user=somebody).exists()
    client.post(page, give)
    assert Membership.objects.filter(user=somebody, role=Role.MODERATION_LEAD).exists()


def test_giving_a_role_asks_before_anything_is_typed(enter):
    client, somebody = enter(Role.ADMINISTRATOR), UserFactory()
    page = reverse("schools:person_detail", args=[somebody.pk])
    assert confirm(client, client.get(page)).url == page
    assert "Give a role" in client.get(page).text
    client.post(page, {"action": "give", "role": Role.MODERATION_LEAD})
    assert Membership.objects.filter(user=somebody, role=Role.MODERATION_LEAD).exists()


def test_invitation_with_a_mistake_is_corrected_at_leisure(enter):
    """The time of the confirmation runs out while the page is filled in."""
    start = dt.datetime.now(tz=dt.UTC)
    data = {"name": "Sam Coe", "email": "sam.coe", "role": Role.MODERATION_LEAD}
    with time_machine.travel(start, tick=False) as clock:
        client = enter(Role.ADMINISTRATOR)
        page = reverse("schools:person_invite")
        assert confirm(client, client.get(page)).url == page
        assert client.get(page).status_code == 200
        clock.shift(dt.timedelta(minutes=11))
        wrong = client.post(page, data)
        assert wrong.status_code == 200
        assert 'value="sam.coe"' in wrong.text
        clock.shift(dt.timedelta(minutes=11))
        client.post(page, data | {"email": "sam.coe@example.org"})
    assert Membership.objects.filter(user__email="sam.coe@example.org").exists()


def test_page_left_open_too_long_asks_again(enter):
    with time_machine.travel(dt.datetime.now(tz=dt.UTC), tick=False) as clock:
        client = enter(Role.ADMINISTRATOR)
        page = reverse("schools:person_invite")
        confirm(client, client.get(page))
        client.get(page)
        clock.shift(dt.timedelta(minutes=31))
        answer = client.post(page, {"name": "Sam Coe", "email": "sam", "role": Role.AUDITOR})
        assert confirm(client, answer).url == page
        shown = client.get(page)
        assert 'value="Sam Coe"' in shown.text
        assert 'value="sam"' in shown.text
        assert re.search(rf'value="{Role.AUDITOR}"[^>]* (selected|checked)', shown.text)


def test_button_pressed_too_late_leaves_nothing_typed_behind(enter):
    with time_machine.travel(dt.datetime.now(tz=dt.UTC), tick=False) as clock:
        client = enter(Role.ADMINISTRATOR)
        page = reverse("schools:person_detail", args=[UserFactory().pk])
        clock.shift(dt.timedelta(minutes=31))
        confirm(client, client.post(page, {"action": "invite"}))
        assert "This is what you typed" not in client.get(page).text


def test_second_factor_is_not_reset_before_it_is_known_who_asks(enter):
    client, somebody = enter(Role.ADMINISTRATOR), UserFactory()
    totp.TOTP.activate(somebody, totp.generate_totp_secret())
    page = reverse("schools:person_detail", args=[somebody.pk])
    confirm(client, client.post(page, {"action": "reset"}))
    assert is_mfa_enabled(somebody)
    client.post(page, {"action": "reset"})
    assert not is_mfa_enabled(somebody)


def test_address_is_not_changed_before_it_is_known_who_asks(enter):
    client, somebody = enter(Role.ADMINISTRATOR), UserFactory(name="Sam Coe")
    page = reverse("schools:person_edit", args=[somebody.pk])
    confirm(client, client.post(page, {"name": "Sam", "email": "sam.new@example.org"}))
    somebody.refresh_from_db()
    assert (somebody.name, somebody.new_email) == ("Sam Coe", "")


def test_who_only_reads_people_is_not_asked(enter):
    page = reverse("schools:person_detail", args=[UserFactory().pk])
    assert enter(Role.AUDITOR).get(page).status_code == 200


def test_ending_a_role_asks_before_its_page(enter):
    client = enter(Role.ADMINISTRATOR)
    membership = person(Role.AUDITOR).memberships.get()
    page = reverse("schools:role_end", args=[membership.pk])
    assert confirm(client, client.get(page)).url == page
    assert client.get(page).status_code == 200
    client.post(page)
    membership.refresh_from_db()
    assert membership.ended_on is not None


def test_publishing_asks_and_then_shows_the_page_again(enter):
    set_value()
    funded_pupil()
    run = checked()
    client = enter(Role.FINANCE_AUTHORISER)
    page = reverse("funding:run_publish", args=[run.pk])
    assert confirm(client, client.post(page)).url == page
    run.refresh_from_db()
    assert run.state == "checked"
    client.post(page)
    run.refresh_from_db()
    assert run.state == "published"


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.AUDITOR])
def test_those_without_the_role_are_refused_and_not_asked(enter, role):
    client = enter(role)
    page = reverse("schools:role_end", args=[client.user.memberships.get().pk])
    assert client.post(page).status_code == 403


def test_not_asked_where_no_second_factor_is_demanded(enter, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert enter(Role.ADMINISTRATOR).get("/people/invite/").status_code == 200


def test_every_page_that_changes_people_or_publishes_asks():
    asking = {v.__name__ for v in view_classes() if "ConfirmsWho" in str(v.__mro__)}
    # An answer to a query, an information sheet or a resource moves no money and gives nobody a
    # role.
    harmless = "(?<!Query)(?<!Sheet)(?<!Resource)"
    weighty = re.compile(
        f"{harmless}Publish|Person(?!List)|PeopleUpload|Role(End|Request)|Staff|TokenMake|WebhookMake"
    )
    assert {v.__name__ for v in view_classes() if weighty.search(v.__name__)} == asking
