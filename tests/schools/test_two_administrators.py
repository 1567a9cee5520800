"""Roles of weight are given by two administrators, never to oneself (S16)."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import GIVEN_BY_TWO, Role
from schools.choices import RoleRequestState
from schools.due import due_items
from schools.models import Membership, RoleRequest, User
from schools.services import accounts, people
from schools.services.role_requests import agree_to_role, refuse_role, withdraw_role
from schools.two_administrators import why_not_agree, why_not_ask, why_not_move, why_not_reset
from tests.factories import UserFactory, person
from tests.moderation.world import all_at_once
from tests.schools.test_people_files import load

NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def ada(db):
    return person(Role.ADMINISTRATOR, name="Ada Min", email="ada@la.example")


@pytest.fixture
def bob(db):
    return person(Role.ADMINISTRATOR, name="Bob Min", email="bob@la.example")


@pytest.fixture
def sam(db):
    return UserFactory(name="Sam Coe", email="sam@la.example", last_login=timezone.now())


def ask(sam, ada, role=Role.FINANCE_AUTHORISER):
    return people.give_role(person=sam, role=role, by=ada)


def page_of(request):
    return reverse("schools:role_request", args=[request.pk])


# The rule


def test_three_people_are_needed():
    agree = {"asked_by": 1, "person": 2, "address_waits": False}
    assert why_not_agree(by=3, **agree) == []
    assert "asked for this role yourself" in why_not_agree(by=1, **agree)[0]
    assert "This role is for you" in why_not_agree(by=2, **agree)[0]
    assert "not confirmed" in why_not_agree(by=3, **agree | {"address_waits": True})[0]
    assert why_not_ask(by=1, person=2) == []
    assert "for yourself" in why_not_ask(by=1, person=1)[0]


@pytest.mark.parametrize(
    ("roles", "waits", "changed", "signed_in", "refused"),
    [
        ({Role.AUDITOR}, False, None, NOW, False),
        ({Role.AUDITOR}, True, None, NOW, True),
        ({Role.AUDITOR}, False, LATER, NOW, True),
        ({Role.AUDITOR}, False, NOW, None, True),
        ({Role.AUDITOR}, False, NOW, LATER, False),
        ({Role.SENCO}, True, LATER, NOW, False),
    ],
)
def test_second_factor_waits_for_a_sign_in_with_the_new_address(
    roles, waits, changed, signed_in, refused
):
    found = why_not_reset(roles, address_waits=waits, address_changed=changed, signed_in=signed_in)
    assert bool(found) is refused


def test_address_of_weight_needs_a_second_factor():
    assert why_not_move({Role.SENCO}, has_second_factor=False) == []
    assert why_not_move({Role.FINANCE_AUTHORISER}, has_second_factor=True) == []
    assert why_not_move({Role.FINANCE_AUTHORISER}, has_second_factor=False)


# Asking and agreeing


@pytest.mark.parametrize("role", sorted(GIVEN_BY_TWO))
def test_role_counts_once_another_agrees(sam, ada, bob, role):
    asked = ask(sam, ada, role)
    assert not sam.memberships.exists()
    agree_to_role(request=asked, by=bob)
    asked.refresh_from_db()
    assert [each.role for each in sam.memberships.all()] == [role]
    assert (asked.state, asked.answered_by) == (RoleRequestState.AGREED, bob)


def test_nobody_gives_themselves_one_or_agrees_to_their_own(sam, ada, bob):
    with pytest.raises(RefusalError, match="for yourself"):
        ask(ada, ada)
    with pytest.raises(RefusalError):
        agree_to_role(request=ask(sam, ada), by=ada)
    with pytest.raises(RefusalError, match="This role is for you"):
        agree_to_role(request=ask(bob, ada), by=bob)
    assert not Membership.objects.filter(role=Role.FINANCE_AUTHORISER).exists()


def test_database_refuses_it_too(sam, ada, bob):
    def made(**fields):
        with transaction.atomic():
            return RoleRequest.objects.create(**{"role": Role.AUDITOR, "asked_by": ada} | fields)

    agreed = {"state": RoleRequestState.AGREED}
    for wrong in (
        {"user": ada},
        {"user": sam, **agreed},
        {"user": sam, "answered_by": ada, **agreed},
        {"user": sam, "answered_by": sam, **agreed},
        {"user": sam, "role": Role.SENCO},
    ):
        with pytest.raises(IntegrityError):
            made(**wrong)
    assert made(user=sam, answered_by=bob, **agreed).pk


def test_refused_and_taken_back_give_nothing(sam, ada, bob):
    refused = refuse_role(request=ask(sam, ada), reason=" Not hers ", by=bob)
    assert (refused.state, refused.reason) == (RoleRequestState.REFUSED, "Not hers")
    again = withdraw_role(request=ask(sam, ada), by=ada)
    assert again.state == RoleRequestState.WITHDRAWN
    for over in (refused, again):
        with pytest.raises(RefusalError, match="answered already"):
            agree_to_role(request=over, by=bob)
    with pytest.raises(RefusalError):
        withdraw_role(request=ask(sam, ada), by=bob)
    assert not sam.memberships.exists()


def test_same_role_is_asked_for_once(sam, ada, bob):
    ask(sam, ada)
    with pytest.raises(RefusalError, match="asked for already"):
        ask(sam, bob)


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_give_it_once():
    first, *others = [person(Role.ADMINISTRATOR) for _ in range(3)]
    sam = UserFactory()
    asked = ask(sam, first)
    done = all_at_once(
        *(
            lambda by=by: agree_to_role(request=asked, by=User.objects.get(pk=by.pk))
            for by in others
        )
    )
    assert sorted(type(one).__name__ for one in done) == ["Membership", "RefusalError"]
    assert sam.memberships.count() == 1


# Pages, and who is told


def test_others_are_told_agree_on_the_page_and_it_counts(sign_in, sam, ada):
    client = sign_in(Role.ADMINISTRATOR, name="Cy Min")
    asked = ask(sam, ada)
    assert [item.title for item in due_items(client.user) if "Role for" in item.title] == [
        "Role for Sam Coe: Finance authoriser"
    ]
    assert not [item for item in due_items(ada) if "Role for" in item.title]
    told = client.user.notices.get()
    assert told.title == "Ada Min asks that Sam Coe becomes Finance authoriser"
    page = client.get(page_of(asked)).text
    assert "Shall Sam Coe be Finance authoriser?" in page
    said = client.post(page_of(asked), {"action": "agree"}, follow=True).text
    assert "Sam Coe is now Finance authoriser" in said
    assert [message.to for message in mail.outbox] == [[ada.email]]
    assert "Cy Min agreed that Sam Coe" in mail.outbox[0].body
    assert ada.notices.get().title == "Cy Min agreed that Sam Coe becomes Finance authoriser"


def test_role_is_asked_for_on_the_persons_page(sign_in, sam, ada):
    client = sign_in(Role.ADMINISTRATOR, name="Cy Min")
    url = reverse("schools:person_detail", args=[sam.pk])
    page = client.post(url, {"action": "give", "role": Role.AUDITOR}, follow=True).text
    assert "Another administrator has to agree before Sam Coe is Auditor." in page
    asked = RoleRequest.objects.get()
    assert page_of(asked) in page
    assert (mail.outbox[0].to, page_of(asked) in mail.outbox[0].body) == ([ada.email], True)
    own = client.get(page_of(asked)).text
    assert "Take it back" in own
    assert "Agree to the role" not in own
    client.post(page_of(asked), {"action": "withdraw"})
    asked.refresh_from_db()
    assert asked.state == RoleRequestState.WITHDRAWN


def test_refusing_needs_a_reason(sign_in, sam, ada):
    client, asked = sign_in(Role.ADMINISTRATOR), ask(sam, ada)
    assert "Enter a reason" in client.post(page_of(asked), {"action": "refuse"}).text
    client.post(page_of(asked), {"action": "refuse", "reason": "She has left."})
    assert "She has left." in client.get(page_of(asked)).text
    assert "She has left." in mail.outbox[0].body


def test_who_is_alone_reads_what_to_do(sign_in, sam):
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get(page_of(ask(sam, client.user))).text
    assert "create_administrator" in page


def test_file_asks_for_roles_of_weight(ada, bob):
    row = ["Fin Ance", "fin@la.example", "finance_officer", "", ""]
    assert load(ada, row) == {"people": 1, "roles": 0, "asked": 1, "unchanged": 0}
    assert load(ada, row) == {"people": 0, "roles": 0, "unchanged": 1}
    assert bob.notices.get().title == "Ada Min asks that Fin Ance becomes Finance officer"
    agree_to_role(request=RoleRequest.objects.get(), by=bob)
    assert load(ada, row) == {"people": 0, "roles": 0, "unchanged": 1}


def test_file_gives_nobody_a_role_of_their_own(ada):
    assert "for yourself" in load(ada, ["Ada Min", ada.email, "auditor", "", ""])["C2"]
    assert load(ada, ["Ada Min", ada.email, "administrator", "", ""])["unchanged"] == 1


# Accounts of weight are not taken over


def test_authoriser_is_not_taken_over_by_address_and_second_factor(ada):
    kept = person(Role.FINANCE_AUTHORISER, name="Sam Coe", last_login=timezone.now())
    totp.TOTP.activate(kept, totp.generate_totp_secret())
    move = {"person": kept, "name": kept.name, "email": "x@la.example", "by": ada}
    moved = accounts.change_person(**move)
    with pytest.raises(RefusalError, match="not signed in with the new one"):
        accounts.reset_second_factor(person=moved, by=ada)
    accounts.confirm_address(token=accounts.address_token(moved))
    kept.refresh_from_db()
    people.deactivate_person(person=kept, by=ada)
    with pytest.raises(RefusalError, match="not signed in with the new one"):
        accounts.reset_second_factor(person=kept, by=ada)
    User.objects.filter(pk=kept.pk).update(last_login=timezone.now())
    accounts.reset_second_factor(person=kept, by=ada)
    with pytest.raises(RefusalError, match="no second factor"):
        accounts.change_person(**move | {"email": "y@la.example"})


def test_request_waits_for_an_address_that_is_not_confirmed(sam, ada, bob):
    asked = ask(sam, ada)
    accounts.change_person(person=sam, name=sam.name, email="x@la.example", by=ada)
    with pytest.raises(RefusalError, match="not confirmed yet"):
        agree_to_role(request=asked, by=bob)
