"""The numbers of a sample follow its settings while they are typed."""

import pytest
from playwright.sync_api import Route, expect

from banding_portal.roles import Role
from moderation.models import Sample
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
        ("Rate", "250", "50", "The rate must be 100 or less"),
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


def test_what_was_typed_is_drawn_or_nothing(visit, member, collection):
    """The button draws the numbers shown, so it waits while those of other settings come."""
    page = visit(member(Role.MODERATION_LEAD)).page
    page.goto(page.url.rstrip("/") + "/moderation/samples/new/")
    draw = page.get_by_role("button", name="Draw the sample")
    draw.wait_for()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/moderation/samples/new/?*", hold)
    page.get_by_label("Rate", exact=True).fill("100")
    page.get_by_label("Rate", exact=True).press("Tab")
    expect(draw).to_be_disabled()
    held[0].continue_()
    expect(draw).to_be_enabled()
    page.get_by_label("Draw without the missing returns").check()
    with page.expect_navigation():
        draw.click()
    assert Sample.objects.get().rate == 1
