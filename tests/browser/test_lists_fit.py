"""A list hides no column in a box that scrolls, whatever the window and the size of the text."""

import pytest

from banding_portal.roles import Role
from tests.factories import PupilFactory, QueryFactory, ReturnFactory, ReturnPupilFactory

WIDTHS = [320, 640, 800, 1024, 1280]
HIDDEN = """() => [...document.querySelectorAll("main .table-scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.ariaLabel}: ${box.scrollWidth} in ${box.clientWidth}`)"""
LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def filled(school, transactional_db):
    """A return with a state of every length, and what the lists of the office show."""
    pupil_return = ReturnFactory(school=school)
    for surname in ("Greenhalgh-Featherstonehaugh", "Ashby"):
        pupil = PupilFactory(school=school, surname=surname)
        ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    QueryFactory(school=school, subject="How long do we have for the pupils who joined?")
    return pupil_return


def hidden(page, url):
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(url)
        found += [f"{width}: {each}" for each in page.evaluate(HIDDEN)]
    page.evaluate(LARGE)
    return found + [f"twice as large: {each}" for each in page.evaluate(HIDDEN)]


def test_of_a_school(filled, member, visit, server):
    page = visit(member(Role.SENCO, school=filled.school)).page
    lists = (
        f"/returns/{filled.pk}/",
        f"/returns/{filled.pk}/bands/",
        f"/returns/{filled.pk}/check/",
        *("/returns/", "/pupils/", "/queries/", "/joined-and-left/"),
    )
    assert [found for path in lists for found in hidden(page, server + path)] == []


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (Role.SEND_OFFICER, ["/pupils/", "/schools/", "/queries/", "/collections/"]),
        (Role.ADMINISTRATOR, ["/people/", "/schools/contacts/"]),
        (Role.FINANCE_OFFICER, ["/runs/", "/values/", "/scenarios/"]),
        (Role.MODERATION_LEAD, ["/cases/", "/moderation/"]),
    ],
)
def test_of_the_authority(filled, member, visit, server, role, lists):
    page = visit(member(role)).page
    assert [found for path in lists for found in hidden(page, server + path)] == []


def test_rows_are_cards_only_where_the_table_does_not_fit(filled, member, visit, server):
    page = visit(member(Role.SENCO, school=filled.school)).page
    page.goto(f"{server}/returns/{filled.pk}/")
    row = "getComputedStyle(document.querySelector('main tbody tr')).display"
    for width, display in ((1280, "table-row"), (800, "flex")):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(row) == display


def test_headings_of_the_grid_stay_over_the_boxes(filled, member, visit, server):
    for _ in range(8):
        pupil = PupilFactory(school=filled.school)
        ReturnPupilFactory(pupil_return=filled, pupil=pupil)
    page = visit(member(Role.SENCO, school=filled.school)).page
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{server}/returns/{filled.pk}/bands/")
    page.locator("[data-grid] .grid-cell").last.focus()
    assert page.evaluate("scrollY") > 300
    assert page.locator("thead th", has_text="Reason").bounding_box()["y"] >= -1


def test_box_that_ticks_a_row_stands_beside_its_name_on_a_phone(filled, member, visit, server):
    page = visit(member(Role.SEND_OFFICER)).page
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{server}/collections/{filled.collection_id}/returns/")
    box = page.locator("main tbody .govuk-checkboxes__input").first.bounding_box()
    name = page.locator("main tbody th").first.bounding_box()
    assert box["y"] - 5 <= name["y"] < box["y"] + box["height"]
