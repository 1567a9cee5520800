"""Somebody of many schools goes to one by typing a part of its name."""

import re

from playwright.sync_api import expect

from banding_portal.roles import Role
from tests.factories import MembershipFactory, SchoolFactory


def test_school_of_many_is_reached_by_typing(visit, member):
    schools = [SchoolFactory(name=f"{name} School") for name in "ABCDEFGHIJ"]
    wanted = SchoolFactory(name="Ógbourne School")
    senco = member(Role.SENCO, school=wanted)
    for school in schools:
        MembershipFactory(user=senco, role=Role.SENCO, school=school)
    page = visit(senco).page
    page.get_by_text("Your 11 schools").click()
    expect(page.get_by_label("Go to a school")).to_be_focused()
    page.keyboard.type("school og")
    expect(page.get_by_role("link", name="Ógbourne School")).to_be_visible()
    expect(page.get_by_role("link", name="A School", exact=True)).not_to_be_visible()
    expect(page.get_by_text("1 school fits")).to_have_attribute("role", "status")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"school={wanted.pk}"))
    expect(page.get_by_text("Your 11 schools")).not_to_be_visible()
