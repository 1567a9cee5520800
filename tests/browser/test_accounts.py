"""Signing in when something is lost, and every page about it, without a barrier."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from schools.services.accounts import address_token
from tests.banding_portal.test_account_addresses import IN_USE
from tests.browser.inspection import Inspector
from tests.browser.visitor import PASSWORD, Visitor

WALKED = {
    "nobody": {
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    },
    "somebody": {
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    },
    "with a second factor": {
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    },
}
ELSEWHERE = {
    "account_set_password": "leads to the page that changes it, for everybody has one",
    "account_reset_password_from_key": "inspected below, with its link and without",
    "mfa_authenticate": "inspected below, in the middle of a sign-in",
    "mfa_edit_webauthn": "needs a passkey, and so a device",
    "mfa_remove_webauthn": "needs a passkey, and so a device",
    "mfa_reauthenticate_webauthn": "needs a passkey, and so a device",
    "mfa_login_webauthn": "answers the script of the sign-in page",
    "mfa_download_recovery_codes": "a file",
}


def code_now(secret: str) -> str:
    step = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, step))


def enter_password(visitor: Visitor, user) -> None:
    visitor.go("/accounts/login/")
    visitor.fill("Email address", user.email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")


def with_second_factor(user) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def ask_for_help(visitor: Visitor, sam) -> None:
    enter_password(visitor, sam)
    visitor.sees_heading("Second step")
    visitor.page.get_by_text("I do not have my phone").click()
    visitor.sees("to reset your second factor")


def reset_in_the_office(visitor: Visitor, ada) -> None:
    code = code_now(with_second_factor(ada))
    spare = Authenticator.objects.get(user=ada, type=Authenticator.Type.RECOVERY_CODES).wrap()
    enter_password(visitor, ada)
    visitor.fill("Code", code)
    visitor.press("Sign in")
    visitor.open_menu("People")
    visitor.follow("Sam Coe")
    visitor.confirm_who(spare.get_unused_codes()[0])
    visitor.press("Reset the second factor")
    assert "sets up a new second factor" in visitor.page.locator("body").inner_text()


def set_up_a_new_phone(visitor: Visitor, sam) -> str:
    """Returns a recovery code."""
    enter_password(visitor, sam)
    visitor.sees_heading("Ways to sign in")
    visitor.press("Set up an authenticator app")
    visitor.confirm_who()
    visitor.page.get_by_text("I cannot scan it").click()
    secret = visitor.page.locator("main code").inner_text()
    visitor.fill("Code shown in the app", code_now(secret))
    visitor.press("Set up")
    visitor.sees_heading("Recovery codes")
    recovery = visitor.page.locator(".code-list li").first.inner_text()
    visitor.press("I have kept them")
    visitor.sees_heading("Home")
    return recovery


def enter_with(visitor: Visitor, sam, code: str) -> None:
    enter_password(visitor, sam)
    visitor.fill("Code", code)
    visitor.press("Sign in")


def test_a_lost_phone(visit, sam, member, settings):
    """From a code nobody can produce to a new phone, by way of the administrator."""
    settings.REQUIRE_SECOND_FACTOR = True
    with_second_factor(sam)
    at_home = visit()
    ask_for_help(at_home, sam)
    reset_in_the_office(visit(), member(Role.ADMINISTRATOR, name="Ada Min"))
    assert [message.to for message in mail.outbox] == [[sam.email]]
    recovery = set_up_a_new_phone(at_home, sam)
    for heading in ("Home", "Second step"):
        elsewhere = visit()
        enter_with(elsewhere, sam, recovery)
        elsewhere.sees_heading(heading)


def test_every_page_in_use_is_walked():
    walked = set().union(*WALKED.values())
    assert walked | ELSEWHERE.keys() == IN_USE
    assert not walked & ELSEWHERE.keys()


def go_to(inspector: Inspector, names) -> None:
    for name in sorted(names):
        inspector.visitor.go(reverse(name))
        inspector.inspect(name)


@pytest.fixture
def sam(member, school):
    return member(Role.HEADTEACHER, school=school, name="Sam Coe", last_login=timezone.now())


def test_pages_for_nobody_have_no_barrier(visit, sam):
    inspector = Inspector(visit())
    go_to(inspector, WALKED["nobody"])
    visitor = inspector.visitor
    visitor.go(reverse("account_reset_password"))
    visitor.fill("Email address", sam.email)
    visitor.press("Send me the link")
    link = mail.outbox[-1].body.split("http", 1)[1].split()[0].split("/", 3)[3]
    visitor.go(f"/{link}")
    inspector.inspect("account_reset_password_from_key")
    inspector.inspect_errors("account_reset_password_from_key")
    sam.new_email = "sam.new@example.org"
    sam.save()
    visitor.go(reverse("schools:address", args=[address_token(sam)]))
    inspector.inspect("schools:address")
    assert inspector.faults == []


def test_pages_for_somebody_have_no_barrier(visit, sam):
    inspector = Inspector(visit(sam))
    go_to(inspector, WALKED["somebody"])
    for name in ("account_change_password", "mfa_activate_totp", "account_reauthenticate"):
        inspector.visitor.go(reverse(name))
        inspector.inspect_errors(name)
    assert inspector.with_errors == {
        "account_change_password",
        "mfa_activate_totp",
        "account_reauthenticate",
    }
    assert inspector.faults == []


def test_pages_with_a_second_factor_have_no_barrier(visit, sam):
    secret = with_second_factor(sam)
    inspector = Inspector(visit())
    enter_password(inspector.visitor, sam)
    inspector.inspect("mfa_authenticate")
    inspector.inspect_errors("mfa_authenticate")
    inspector.visitor.fill("Code", code_now(secret))
    inspector.visitor.press("Sign in")
    inspector.visitor.sees_heading("Home")
    go_to(inspector, WALKED["with a second factor"])
    assert inspector.faults == []
