"""What banding ten pupils asks of a SENCO: clicks, keys, pages and scrolling, printed.

`make test ARGS="tests/browser/test_senco_walk.py -s"` shows the figures of docs/figures.md.
"""

import datetime as dt
from functools import partial

import pytest
from django.core.management import call_command

from banding.models import BandDecision, Framework
from banding_portal.roles import Role
from tests.browser.test_grid import PASTE
from tests.factories import BandDecisionFactory, PupilFactory, ReturnFactory, ReturnPupilFactory

PUPILS = 10
COUNT_SCROLLING = """
    let last = 0, timer = null;
    const add = (name, n) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name)) + n);
    addEventListener("scroll", () => {
        add("px", Math.abs(scrollY - last));
        last = scrollY;
        if (!timer) add("scrolls", 1);
        clearTimeout(timer);
        timer = setTimeout(() => { timer = null; }, 100);
    });
"""


class Walk:
    """Counts what a person does at a browser."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.clicks = self.keys = self.pages = 0
        self.page.add_init_script(COUNT_SCROLLING)
        self.page.on("load", self.turn_page)

    def turn_page(self, _page):
        self.pages += 1

    def click(self, role, name, leaves=False):
        self.clicks += 1
        element = self.page.get_by_role(role, name=name).first
        element.wait_for()
        # With the mouse, where it is in sight: the browser's driver would scroll all the same.
        act = partial(self.point_at, element)
        if leaves:
            with self.page.expect_navigation():
                act()
        else:
            act()

    def point_at(self, element):
        box = element.bounding_box()
        if box["y"] >= 0 and box["y"] + box["height"] <= self.page.viewport_size["height"]:
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        else:
            element.click()

    def press(self, *keys):
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def scrolled(self):
        self.page.wait_for_timeout(200)
        found = self.page.evaluate(
            "[sessionStorage.getItem('px'), sessionStorage.getItem('scrolls')]"
        )
        return [round(float(each or 0)) for each in found]

    def tell(self, what):
        px, scrolls = self.scrolled()
        print(
            f"{what}: {self.clicks} clicks, {self.keys} keys, {self.pages} pages, "
            f"{scrolls} scrolls, {px:,} px for {PUPILS} pupils"
        )
        return px


@pytest.fixture
def pupil_return(transactional_db):
    """Ten pupils under a framework of the size of the real ones."""
    for name in ("top_up", "needs"):
        call_command("load_framework", f"banding/demo/frameworks/{name}.json", verbosity=0)
    framework = Framework.objects.get(code="westmere-needs")
    pupil_return = ReturnFactory(collection__framework=framework)
    for number in range(PUPILS):
        pupil = PupilFactory(school=pupil_return.school, surname=f"Adair {number}")
        ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    return pupil_return


@pytest.fixture
def walk(visit, member, pupil_return):
    return Walk(visit(member(Role.SENCO, school=pupil_return.school)))


def banded():
    return BandDecision.objects.exclude(band=None).exclude(return_pupil=None).count()


def test_ten_pupils_one_by_one(walk, pupil_return):
    levels = [area.levels.all()[1] for area in pupil_return.collection.framework.areas.all()]
    walk.click("button", "See your list", leaves=True)
    walk.click("button", "Start with", leaves=True)
    for number in range(PUPILS):
        walk.visitor.sees_heading(f"Adair {number}")
        walk.click("radio", f"Level {levels[0].code}")
        walk.press("Tab", *[level.code for level in levels[1:]])
        walk.click("button", "and go on", leaves=True)
    walk.visitor.sees_heading("Check answers")
    px = walk.tell("One by one")
    assert banded() == PUPILS
    assert walk.clicks <= 45
    assert px <= 8_000


@pytest.mark.parametrize(("as_last_time", "most"), [(5, 45), (0, 52)])
def test_ten_pupils_with_the_mouse_alone(walk, pupil_return, as_last_time, most):
    """A click for each level and one that takes the band it names and goes on (rules.md B3): of ten
    pupils without levels of last time each has five.
    """
    framework = pupil_return.collection.framework
    levels = [area.levels.all()[1] for area in framework.areas.all()]
    for row in list(pupil_return.pupils.all())[:as_last_time]:
        last = BandDecisionFactory(
            return_pupil=None,
            pupil=row.pupil,
            collection=None,
            framework=framework,
            school=pupil_return.school,
            effective_from=dt.date(2026, 1, 1),
            band_code="B",
        )
        last.levels.all().delete()
        for level in levels:
            last.levels.create(area=level.area, level=level)
    walk.click("button", "See your list", leaves=True)
    walk.click("button", "Start with", leaves=True)
    for number in range(PUPILS):
        walk.visitor.sees_heading(f"Adair {number}")
        if number < as_last_time:
            walk.click("link", "Start from last time’s levels", leaves=True)
        else:
            for level in levels:
                walk.page.locator(f"#id_level_{level.area.code}_1").check()
                walk.clicks += 1
        walk.click("button", "and go on", leaves=True)
    walk.visitor.sees_heading("Check answers")
    walk.tell(f"With the mouse alone, {as_last_time} as last time")
    assert banded() == PUPILS
    assert walk.keys == 0
    assert walk.clicks <= most


def test_ten_pupils_in_the_grid(walk, pupil_return):
    framework = pupil_return.collection.framework
    levels = [area.levels.all()[1].code for area in framework.areas.all()]
    walk.click("link", "Returns", leaves=True)
    walk.click("link", pupil_return.collection.name, leaves=True)
    walk.click("link", "Band all pupils on one page", leaves=True)
    for column, level in enumerate(levels):
        walk.press("ArrowRight") if column else walk.page.locator(".grid-cell").first.click()
        walk.page.evaluate(PASTE, "\n".join([level] * PUPILS) + "\n")
        walk.clicks += not column
        walk.keys += 1
    walk.click("button", "Show the suggested bands", leaves=True)
    bands = walk.page.locator("tbody tr td:nth-last-child(2)").all_inner_texts()
    walk.page.get_by_label("Band, Amira Adair 0", exact=True).click()
    walk.page.evaluate(PASTE, "\n".join(bands) + "\n")
    walk.clicks += 1
    walk.keys += 1
    walk.click("button", "Save", leaves=True)
    walk.tell("In the grid")
    assert banded() == PUPILS
    assert walk.clicks + walk.keys <= 25
