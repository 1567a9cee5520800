"""The authority's word for what a band adds is one setting, used everywhere."""

from pathlib import Path

import pytest
from django.conf import settings as portal
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.help.glossary import glossary
from banding_portal.help.topics import topic_of_page, topics
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.selectors import default_text
from banding_portal.roles import Role
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

ROOT = Path(portal.BASE_DIR)
TEXTS = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "banding_portal/help/topics").glob("*.txt"),
    *(ROOT / "banding_portal/public_texts/defaults").glob("*.txt"),
]


@pytest.fixture
def element_3(settings):
    """Texts are read once, so they are read again before and after."""
    read_once = (glossary, topics, topic_of_page)
    settings.FUNDING_WORD = "Element 3"
    for each in read_once:
        each.cache_clear()
    yield
    for each in read_once:
        each.cache_clear()


def test_no_page_and_no_text_writes_it_out():
    written = [str(text) for text in TEXTS if "top-up" in text.read_text("utf-8").lower()]
    assert written == []


def test_help_and_glossary_use_it(element_3):
    assert topics()["figures"].title == "Element 3 funding in figures"
    assert "the Element 3 stay as they are" in topics()["change-request"].text
    assert glossary()["funding"].term == "Element 3"
    assert "pay schools the Element 3 funding" in default_text(PublicTextKind.PRIVACY)


@pytest.mark.django_db
def test_statement_uses_it(element_3, school, sign_in):
    set_value()
    funded_pupil(school)
    run = published()
    page = sign_in(Role.SENCO, school=school).get(
        reverse("funding:statement_detail", args=[run.pk, school.pk])
    )
    assertContains(page, ">Element 3</button>")


def test_word_is_top_up_unless_said_otherwise():
    assert portal.FUNDING_WORD == "top-up"
    assert glossary()["funding"].term == "Top-up"
