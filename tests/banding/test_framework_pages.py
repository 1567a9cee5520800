"""What a framework says around its descriptors, on the pages that show it."""

import pytest
from django.urls import reverse

from banding.frameworks.selectors import areas_with_levels
from banding.models import Framework
from banding.templates_io.selectors import words_of
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils
from tests.factories import CollectionFactory, FrameworkFactory, PupilFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
WORDS = ("Read this first.", "Although the school", "makes adjustments", "Time of an adult.")


@pytest.fixture
def spoken():
    framework = FrameworkFactory()
    Framework.objects.update(
        preamble="Read this first.",
        conditions_lead="Although the school",
        conditions=["makes adjustments", "gives help"],
        definitions=[{"term": "Help", "meaning": "Time of an adult."}],
    )
    framework.refresh_from_db()
    return framework


def text_of(client, name, *args):
    return flat(client.get(reverse(f"banding:{name}", args=args)).content.decode())


def test_words_around_the_descriptors_stand_beside_every_decision(sign_in, school, spoken):
    row = return_with_pupils(collection=CollectionFactory(framework=spoken), school=school)[1][0]
    senco = sign_in(Role.SENCO, school=school)
    shown = [
        text_of(senco, "framework_detail", spoken.pk),
        text_of(senco, "decision_edit", row.pk),
        text_of(senco, "review_sheet", row.pk),
        text_of(sign_in(Role.SEND_OFFICER), "panel_decision", PupilFactory().pk, spoken.pk),
    ]
    assert [[words for words in WORDS if words not in page] for page in shown] == [[]] * 4


def test_framework_that_says_nothing_around_shows_nothing(sign_in, framework):
    page = text_of(sign_in(Role.AUDITOR), "framework_detail", framework.pk)
    assert "Before you choose" not in page


def test_workbook_has_the_words_around_the_descriptors_first(spoken):
    assert list(words_of(spoken, areas_with_levels(spoken)))[:4] == [
        ("Before you choose", "Preamble", "Read this first."),
        ("Before you choose", "Condition 1", "Although the school makes adjustments"),
        ("Before you choose", "Condition 2", "Although the school gives help"),
        ("What is meant by", "Help", "Time of an adult."),
    ]
