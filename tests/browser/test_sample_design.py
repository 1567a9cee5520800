"""The page that designs a sample, on a wide screen and on a phone."""

import os
import re

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import decided


@pytest.mark.parametrize("width", [1280, 320])
def test_designs_fit_the_screen_and_are_chosen_by_their_links(visit, member, width):
    collection = CollectionFactory()
    for place in range(6):
        school = SchoolFactory()
        for band in "AABBBC"[: 3 + place % 4]:
            decided(collection, school, band)
    lead = visit(member(Role.MODERATION_LEAD), width=width)
    lead.go(reverse("moderation:sample_create"))
    lead.page.set_default_timeout(8000)
    lead.page.get_by_role("heading", name="Why the interval is this wide").wait_for()
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("LOOK_AT"):
        lead.page.screenshot(path=f"{folder}/design-{width}.png", full_page=True)
    lead.page.get_by_role("link", name=re.compile("30%.*equal precision")).click()
    lead.page.get_by_role("rowheader", name="30% (asked for)").wait_for()
