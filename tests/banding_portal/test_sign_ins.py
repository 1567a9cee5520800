"""Who signed in and who was refused is on record (quality.md Q9)."""

import pytest
import time_machine
from django.urls import reverse

from banding_portal.models import SignIn
from banding_portal.roles import Role
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
PASSWORD = "westmere-in-autumn"


@pytest.fixture
def ada():
    ada = UserFactory(name="Ada Reed", email="ada@example.org")
    ada.set_password(PASSWORD)
    ada.save()
    return ada


def try_with(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def kept():
    return [(one.kind, one.user and one.user.name) for one in SignIn.objects.order_by("pk")]


def test_signing_in_and_out(client, ada):
    try_with(client, ada.email, PASSWORD)
    client.post(reverse("account_logout"))
    assert kept() == [("signed_in", "Ada Reed"), ("signed_out", "Ada Reed")]
    assert {one.address for one in SignIn.objects.all()} == {"127.0.0.1"}


def test_a_wrong_password_is_kept_and_what_was_typed_is_not(client, ada):
    try_with(client, ada.email, "something-quite-wrong")
    try_with(client, "my-secret-password@example.org", "x")
    assert kept() == [("wrong_password", "Ada Reed"), ("wrong_password", None)]
    columns = [str(value) for row in SignIn.objects.values_list() for value in row]
    assert not any("secret" in value or "wrong-" in value for value in columns)


def test_tries_that_are_not_looked_at_are_kept_once_in_five_minutes(client, ada):
    for _ in range(8):
        try_with(client, ada.email, "something-quite-wrong")
    assert [kind for kind, _ in kept()] == ["wrong_password"] * 5 + ["too_many"]


def test_a_password_confirmed_wrongly_counts_too(client, ada):
    client.force_login(ada)
    client.post(reverse("account_reauthenticate"), {"password": "something-quite-wrong"})
    assert kept() == [("wrong_password", "Ada Reed")]


def test_the_list_shows_who_what_and_where(client, ada):
    try_with(client, ada.email, "something-quite-wrong")
    try_with(client, "nobody@example.org", "x")
    client.force_login(person(Role.AUDITOR))
    page = client.get(reverse("sign_in_list")).text
    for words in ("Ada Reed", "Wrong password", "127.0.0.1", "An address that has no account"):
        assert words in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "reed ada"}, True),
        ({"q": "ADA@example"}, True),
        ({"q": "127.0"}, True),
        ({"q": "somebody else"}, False),
        ({"kind": "wrong_password"}, True),
        ({"kind": "signed_in"}, False),
        ({"start_0": "1", "start_1": "11", "start_2": "2026"}, True),
        ({"end_0": "1", "end_1": "11", "end_2": "2026"}, False),
    ],
)
def test_it_is_searched(client, ada, wanted, found):
    try_with(client, ada.email, "something-quite-wrong")
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("sign_in_list"), wanted).text
    assert ("Ada Reed" in page) is found


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_are_constant(client, rows, django_assert_num_queries):
    for number in range(rows):
        with time_machine.travel(f"2026-11-17 12:0{number}Z"):
            SignIn.objects.create(kind="signed_in", user=UserFactory())
    client.force_login(person(Role.AUDITOR))
    with django_assert_num_queries(5):
        client.get(reverse("sign_in_list"))
