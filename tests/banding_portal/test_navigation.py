"""Which entry of the navigation a page belongs to."""

import pytest

from banding_portal.navigation import navigation_for
from banding_portal.roles import Role


@pytest.mark.parametrize(
    ("role", "path", "entry"),
    [
        (Role.SENCO, "/", "Home"),
        (Role.SENCO, "/returns/1/", "Returns"),
        (Role.SENCO, "/uploads/1/", "Returns"),
        (Role.ADMINISTRATOR, "/returns/1/extend/", "Collections"),
        (Role.MODERATOR, "/cases/1/", "Moderation"),
        (Role.SEND_OFFICER, "/panels/1/", "Collections"),
        (Role.MODERATION_LEAD, "/panels/1/", "Moderation"),
        (Role.FINANCE_OFFICER, "/runs/1/lines/", "Funding"),
        (Role.ADMINISTRATOR, "/quadrants/", "Schools"),
        (Role.AUDITOR, "/account/", None),
    ],
)
def test_page_belongs_to_one_entry(role, path, entry):
    current = [e["text"] for e in navigation_for(frozenset({role}), path) if e["current"]]
    assert current == ([entry] if entry else [])


@pytest.mark.parametrize("role", Role.values)
def test_menu_of_a_role_stands_on_one_line(role):
    """At 1280 px there is room for about 110 letters and what is between entries."""
    entries = [entry["text"] for entry in navigation_for(frozenset({role}), "/")]
    assert sum(len(text) + 3 for text in entries) <= 115
