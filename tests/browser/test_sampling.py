"""The numbers of a sample follow its settings while they are typed."""

import pytest

from banding_portal.roles import Role
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import decided


@pytest.fixture
def collection(transactional_db):
    collection = CollectionFactory()
    for band in "AABB":
        decided(collection, SchoolFactory(), band)
    return collection


@pytest.mark.parametrize(
    ("label", "wrong", "right", "problem"),
    [
        ("Rate", "250", "50", "Rate must be 100 or less"),
        ("Seed", "", "other words", "Enter seed"),
    ],
)
def test_wrong_settings_are_said_and_nothing_can_be_drawn(
    visit, member, collection, label, wrong, right, problem
):
    page = visit(member(Role.MODERATION_LEAD)).page
    page.goto(page.url.rstrip("/") + "/moderation/samples/new/")
    draw = page.get_by_role("button", name="Draw the sample")
    summary = page.locator(".govuk-error-summary", has_text=problem)
    draw.wait_for()
    field = page.get_by_label(label, exact=True)
    field.fill(wrong)
    field.press("Tab")
    summary.wait_for()
    assert draw.count() == 0
    field.fill(right)
    field.press("Tab")
    draw.wait_for()
    assert summary.count() == 0
