"""Levels of a case are chosen by typing them, and nothing is locked by a slip of the finger."""

from banding_portal.roles import Role
from moderation.models import Judgement
from tests.factories import CollectionFactory, SchoolFactory
from tests.moderation.world import decided, given_case


def test_typed_levels_go_on_to_the_band_and_enter_locks_nothing(visit, member):
    school = SchoolFactory()
    judge = member(Role.MODERATOR, quadrant=school.quadrant)
    case = given_case(decided(CollectionFactory(), school), judge)
    page = visit(judge).page
    page.goto(f"{page.url.rstrip('/')}/cases/{case.pk}/")
    groups = page.locator("fieldset:has([type=radio])")
    areas = case.decision.framework.areas.count()
    groups.first.locator("[type=radio]").first.focus()
    for _ in range(areas):
        page.keyboard.type("2")
    assert page.locator("[type=radio][value='2']:checked").count() == areas
    assert page.evaluate("document.activeElement.name") == "band"
    page.keyboard.type("b")
    assert page.locator("[name=band]:checked").input_value() == "B"
    assert page.evaluate("document.activeElement.name") == "confidence"
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Lock my judgement").is_visible()
    assert not Judgement.objects.exclude(locked_at=None).exists()
