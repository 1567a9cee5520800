"""No barrier on any page, wide or narrow; the pages are found by their links."""

import os

import pytest
from django.core.management import call_command

from banding_portal.roles import Role
from schools.demo.people import account_of
from schools.models import User
from tests.browser.inspection import WHOLE, Inspector, keep_results
from tests.browser.visitor import PASSWORD

GROUPS = {
    "schools and money": (
        Role.SENCO,
        Role.HEADTEACHER,
        Role.SCHOOL_FINANCE,
        Role.FINANCE_OFFICER,
        Role.FINANCE_AUTHORISER,
    ),
    "the authority": (
        Role.ADMINISTRATOR,
        Role.MODERATOR,
        Role.MODERATION_LEAD,
        Role.SEND_OFFICER,
        Role.AUDITOR,
        Role.INCLUSION_PARTNER,
    ),
}
WITH_ERRORS = {
    "schools and money": {"banding:decision_edit", "banding:template_upload"},
    "the authority": {"moderation:case_detail", "banding:collection_create"},
}
"""Forms that must have been seen with errors too."""
# To look at these once is enough.
EVERYBODYS = {"schools:account", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
EVERYBODYS |= {"account_change_password", "account_reauthenticate"}
EVERYBODYS |= {"demo_mail_list", "demo_mail_detail", "schools:school_list", "schools:school_detail"}


@pytest.fixture(scope="module", autouse=True)
def _results(request):
    """Of a whole walk that found nothing; what a broken one counted is no result."""
    yield
    if not request.session.testsfailed:
        keep_results(os.environ.get("TESTED_ON", ""))


@pytest.fixture
def demonstration(transactional_db, tmp_path):
    """The invented authority; its people get the password of these tests."""
    call_command("seed_demo", folder=tmp_path, verbosity=0)
    for user in User.objects.filter(email__endswith="@demo.example"):
        user.set_password(PASSWORD)
        user.save()


def test_filled_pages_have_no_barrier(visit, demonstration):
    """Each kind of page once, and its form with errors; home for every role.

    Once in each group where the whole is asked for (`make accessibility`).
    """
    seen: set[str] = set()
    faults: list[str] = []
    for group, roles in GROUPS.items():
        if WHOLE:
            seen &= EVERYBODYS
        with_errors: set[str] = set()
        for role in roles:
            inspector = Inspector(visit(User.objects.get(email=account_of(role).email)))
            inspector.seen |= seen
            inspector.walk()
            seen = inspector.seen - {"home"}
            faults += inspector.faults
            with_errors |= inspector.with_errors
        assert with_errors >= WITH_ERRORS[group]
    assert not faults, "\n".join(faults)


def test_empty_pages_have_no_barrier(visit, member, school):
    """What each role sees before there is anything to see; and nobody's pages."""
    seen = set(EVERYBODYS)
    stranger = Inspector(visit())
    stranger.walk("/accounts/login/")
    stranger.inspect_errors("account_login")
    faults = stranger.faults
    for role in (Role.SENCO, Role.MODERATION_LEAD, Role.FINANCE_OFFICER, Role.ADMINISTRATOR):
        inspector = Inspector(visit(member(role, school=school if role == Role.SENCO else None)))
        inspector.seen |= seen
        inspector.walk()
        seen = inspector.seen - {"home"}
        faults += inspector.faults
    assert not faults, "\n".join(faults)
