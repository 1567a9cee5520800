"""A word of eighty letters breaks: it hides no other column, nor what can be done with a row."""

import pytest

from banding.choices import JoinerState
from banding.models import Joiner
from banding_portal.roles import Role
from tests.factories import QueryFactory, ReturnFactory

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2
WIDTHS = [320, 800, 1280]
OVERLAPPING = """() => [...document.querySelectorAll("main table")].flatMap((table) => {
  const box = table.closest(".table-scroll") ?? table.parentElement
  const first = table.querySelector("tbody tr > th:first-child")
  const stuck = first && getComputedStyle(first).position === "sticky"
  const wide = stuck && first.offsetWidth > innerWidth / 2
  const scrolls = innerWidth > 1200 && table.offsetWidth > box.clientWidth + 1
  return wide || scrolls ? [table.offsetWidth + " in " + box.clientWidth] : []
})"""


def crowded(page, url):
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(url)
        found += [f"{width}: {each}" for each in page.evaluate(OVERLAPPING)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: sideways")
    return found


@pytest.fixture
def own(school, member):
    return ReturnFactory(school=school), member(Role.SENCO, school=school)


def test_name_of_a_joiner_breaks(own, visit, server):
    pupil_return, senco = own
    Joiner.objects.create(
        school=pupil_return.school,
        pupil_return=pupil_return,
        surname=LONG,
        forename="Bo",
        date_of_birth="2018-01-01",
        joined_on=pupil_return.collection.reference_date,
        plan_type="EHCP",
        state=JoinerState.WAITING,
    )
    page = visit(senco).page
    assert crowded(page, f"{server}/returns/{pupil_return.pk}/") == []


def test_subject_of_a_query_breaks(own, visit, server):
    pupil_return, senco = own
    QueryFactory(school=pupil_return.school, subject=LONG)
    assert crowded(visit(senco).page, f"{server}/queries/") == []
