"""What everybody may read, and the authority's own words in its place."""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from banding_portal.audit_trail.events import changes_matching
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.models import PublicText
from banding_portal.public_texts.selectors import (
    accessibility_results,
    cookies,
    default_text,
    text_of,
)
from banding_portal.public_texts.services import write_text
from banding_portal.release import release
from banding_portal.roles import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CONTACT = PublicTextKind.CONTACT
PRESCRIBED = (
    *("Feedback and contact information", "Enforcement procedure"),
    *("Technical information about this website’s accessibility", "Compliance status"),
    *("Non-accessible content", "Preparation of this accessibility statement"),
)


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.mark.parametrize("kind", PublicTextKind)
def test_everybody_reads_it_without_a_cookie(client, kind):
    response = client.get(reverse(kind.value))
    page = response.content.decode()
    assert response.status_code == 200
    assert response.cookies.keys() == set()
    assert settings.LA_NAME in default_text(kind) or kind == PublicTextKind.COOKIES
    assert "{authority}" not in page
    assert "Change this text" not in page


def test_statement_has_the_prescribed_sections_and_the_results(client):
    page = client.get(reverse("accessibility")).content.decode()
    assert [heading for heading in PRESCRIBED if f">{heading}</h2>" not in page] == []
    assert f"axe-core {accessibility_results()['axe']}" in page


def test_results_are_of_the_axe_that_tests():
    package = json.loads((settings.BASE_DIR / "package.json").read_text())
    assert accessibility_results()["axe"] == package["devDependencies"]["axe-core"]
    assert accessibility_results()["violations"] == 0


def test_cookies_named_are_the_cookies_set(client):
    user = UserFactory()
    user.set_password("three words remembered")
    user.save()
    set_here = set(client.get(reverse("account_login")).cookies)
    sent = {"login": user.email, "password": "three words remembered"}
    set_here |= set(client.post(reverse("account_login"), sent).cookies)
    set_here |= set(client.get("/").cookies)
    assert set_here == {cookie.name for cookie in cookies()}
    page = client.get(reverse("cookies")).content.decode()
    assert [name for name in set_here if name not in page] == []


def test_administrator_writes_the_authoritys_own_text(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get(reverse("contact")).content.decode()
    assert "the text the portal came with" in page
    client.post(reverse("contact_edit"), {"text": "Ring 01234 567890.\r\n\r\n<b>Ask</b> us."})
    page = client.get(reverse("contact")).content.decode()
    assert "Ring 01234 567890.</p>" in page
    assert "&lt;b&gt;Ask&lt;/b&gt;" in page
    assert "the text the portal came with" not in page


def test_change_is_in_the_audit_trail_under_its_name():
    by = UserFactory()
    write_text(kind=CONTACT, text="Ring us.", by=by)
    change = changes_matching(offset=0, limit=1, kind="banding_portal.publictext")[0]
    assert (change.action, change.user, change.after["text"]) == ("insert", str(by.pk), "Ring us.")


@pytest.mark.parametrize("text", ["", "  ", default_text(CONTACT)])
def test_empty_text_brings_back_the_portals(text):
    by = UserFactory()
    write_text(kind=CONTACT, text="Ring us.", by=by)
    write_text(kind=CONTACT, text=text, by=by)
    assert PublicText.objects.count() == 0
    assert text_of(CONTACT) == default_text(CONTACT)


def test_every_page_leads_there_and_names_the_release(client):
    page = client.get(reverse("account_login")).content.decode()
    footer = page.partition("<footer")[2]
    assert [kind for kind in PublicTextKind if f'href="{reverse(kind.value)}"' not in footer] == []
    assert f"{release()}</span>" in footer


def test_privacy_notice_says_the_periods_and_the_officer_of_the_settings(settings):
    settings.FILES_KEPT_DAYS, settings.QUERIES_KEPT_DAYS = 400, 730
    notice = default_text(PublicTextKind.PRIVACY)
    assert "send in: 400 days after" in notice
    assert "Queries: 2 years after" in notice
    assert "our data protection officer, [contact" in notice
    settings.DATA_PROTECTION_OFFICER = "Jo Reed, dpo@la.example"
    named = default_text(PublicTextKind.PRIVACY)
    assert "our data protection officer (Jo Reed, dpo@la.example), [contact" in named
