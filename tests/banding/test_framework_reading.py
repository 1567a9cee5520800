"""Booklet, preview and comparison of frameworks; who may read what."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from banding.choices import FrameworkState
from banding.models import BandDecision, Framework
from banding_portal.roles import Role
from tests.factories import FrameworkFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
EXAMPLE = {
    "pupil": "A pupil in Year 3 who hums.",
    "levels": [{"area": "cl", "level": "2"}],
    "band": "B",
    "why": "Weekly help is enough.",
}


def url_of(name, *args):
    return reverse(f"banding:{name}", args=args)


def booklet(framework):
    return url_of("framework_booklet", framework.code, framework.version)


def test_booklet_is_for_those_who_sign_in_until_it_is_opened(client, framework):
    page = client.get(booklet(framework))
    assert page.status_code == 302
    assert page["Location"].startswith(reverse("account_login"))
    Framework.objects.update(is_open=True)
    assertContains(client.get(booklet(framework)), "Cognition and learning, level 3.")


def test_opened_booklet_leads_nowhere_else(client, framework):
    Framework.objects.update(is_open=True)
    client.get(booklet(framework))
    assert client.get(url_of("framework_detail", framework.pk)).status_code == 302
    assert client.post(booklet(framework)).status_code == 405


def test_draft_is_not_read_even_where_it_was_open(client, sign_in, school):
    framework = FrameworkFactory(state=FrameworkState.DRAFT, is_open=True)
    assert client.get(booklet(framework)).status_code == 302
    senco = sign_in(Role.SENCO, school=school)
    pages = [booklet(framework)] + [
        url_of(name, framework.pk)
        for name in ("framework_detail", "framework_preview", "framework_compare")
    ]
    assert [senco.get(page).status_code for page in pages] == [404] * 4
    assert sign_in(Role.ADMINISTRATOR).get(pages[0]).status_code == 200


def test_open_booklet_is_read_by_every_role(sign_in, school, framework):
    contact = sign_in(Role.SCHOOL_FINANCE, school=school)
    assert contact.get(booklet(framework)).status_code == 403
    Framework.objects.update(is_open=True)
    assert contact.get(booklet(framework)).status_code == 200


def test_examples_and_earlier_bands_stand_with_the_descriptors(sign_in):
    FrameworkFactory(code="old", name="Old bands")
    earlier = {"framework": "old", "version": "1", "bands": [{"old": "A", "new": "C"}]}
    framework = FrameworkFactory(examples=[EXAMPLE], earlier=earlier)
    client = sign_in(Role.AUDITOR)
    for page in (booklet(framework), url_of("framework_detail", framework.pk)):
        text = flat(client.get(page).content.decode())
        assert "A pupil in Year 3 who hums." in text
        assert "Cognition and learning: level 2" in text
        assert "Weekly help is enough." in text
        assert "Beside the bands of Old bands, version 1" in text
    tried = client.get(url_of("framework_preview", framework.pk))
    assertContains(tried, "Weekly help is enough.")


def test_preview_suggests_and_saves_nothing(sign_in, framework):
    client, url = sign_in(Role.SEND_OFFICER), url_of("framework_preview", framework.pk)
    given = {"level_cl": "2", "level_ci": "1", "band": "B"}
    assertContains(client.post(url, given), "This is complete: a SENCO would save Band B.")
    asked = client.post(url, given | {"do": "suggest"})
    assertContains(asked, "Suggested:")
    assertNotContains(asked, "This is complete")
    part = client.post(url, given, headers={"HX-Request": "true"})
    assertNotContains(part, "<html")
    assertContains(client.post(url, {}), "Choose a band")
    assert not BandDecision.objects.exists()


def test_comparison_is_with_the_version_before_unless_another_is_chosen(sign_in):
    client = sign_in(Role.AUDITOR)
    first, other = FrameworkFactory(tie_rule="The higher one."), FrameworkFactory(code="other")
    second = FrameworkFactory(version="2", effective_from="2026-09-01", tie_rule="The lower one.")
    page = client.get(url_of("framework_compare", second.pk))
    assert page.context["other"] == first
    changes = page.context["comparison"].sections[0].changes
    assert [change.label for change in changes] == ["In effect from", "Between two bands"]
    assertContains(page, "(taken out:) </span>higher</del>")
    page = client.get(url_of("framework_compare", second.pk), {"other": other.pk})
    assert page.context["other"] == other


def test_comparison_is_with_the_version_before_though_the_file_still_names_older_bands(sign_in):
    FrameworkFactory(code="older")
    first = FrameworkFactory()
    pairs = {"framework": "older", "version": "1", "bands": [{"old": "A", "new": "A"}]}
    second = FrameworkFactory(version="2", effective_from="2026-09-01", earlier=pairs)
    page = sign_in(Role.AUDITOR).get(url_of("framework_compare", second.pk))
    assert page.context["other"] == first
    Framework.objects.filter(pk=first.pk).update(code="another")
    page = page.client.get(url_of("framework_compare", second.pk))
    assert page.context["other"].code == "older"


def test_first_framework_has_nothing_to_compare_with_yet(sign_in, framework):
    page = sign_in(Role.AUDITOR).get(url_of("framework_compare", framework.pk))
    assertContains(page, "Choose the framework to compare with.")
    page = page.client.get(page.request["PATH_INFO"], {"other": "nonsense"})
    assertContains(page, "Choose a framework from the list")
