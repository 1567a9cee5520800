"""A weak password gets one answer, in the portal's words."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from banding_portal.roles import Role
from banding_portal.sign_in.passwords import TOO_CLOSE, TOO_COMMON, TOO_SHORT
from schools.models import User

PASSWORD = "three-green-pebbles"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("password", TOO_SHORT),
        ("hannah", TOO_SHORT),
        ("fallen_angel", TOO_COMMON),
        ("hannah.moore@school", TOO_CLOSE),
    ],
)
def test_first_thing_wrong_is_said_alone(password, said):
    person = User(name="Hannah Moore", email="hannah.moore@school.example")
    with pytest.raises(ValidationError) as problem:
        validate_password(password, person)
    assert problem.value.messages == [said]


def test_strong_one_is_taken():
    assert validate_password("westmere-in-autumn", User(name="A B", email="a@b.example")) is None


@pytest.mark.django_db
def test_page_of_the_password_says_one_thing(sign_in):
    visitor = sign_in(Role.AUDITOR)
    visitor.user.set_password(PASSWORD)
    visitor.user.save()
    visitor.force_login(visitor.user)
    given = {"oldpassword": PASSWORD, "password1": "password", "password2": "password"}
    page = visitor.post(reverse("account_change_password"), given)
    assert page.context["form"].errors == {"password1": [TOO_SHORT]}
