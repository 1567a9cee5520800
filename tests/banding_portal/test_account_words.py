"""What the sign-in says in the portal's own words."""

import pytest

pytestmark = pytest.mark.django_db


def test_wrong_password_is_refused_in_our_words(client):
    given = {"login": "nobody@school.example", "password": "three invented words"}
    page = client.post("/accounts/login/", given).content.decode()
    assert "The email address or the password is not right" in page
    assert "you specified" not in page
