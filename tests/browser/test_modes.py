"""The dark, large text, few colours and paper: pages as people set their systems up."""

from django.urls import reverse

from tests.browser.inspection import AXE, RUN_AXE
from tests.browser.look import TWICE_AS_LARGE
from tests.browser.pixels import number_of_colours

HALF = "document.querySelector('progress').value = document.querySelector('progress').max / 2"
SHOWN = """(name) => [...document.querySelectorAll("main table tr")].map((row) =>
  [...row.cells].filter((cell) => cell.offsetWidth).length)"""


def faults_of_large_text(visitor, *paths):
    faults = []
    for path in paths:
        visitor.go(path)
        faults += [f"{path}: {fault}" for fault in visitor.page.evaluate(TWICE_AS_LARGE)]
    return faults


def faults_in_the_dark(visitor, *paths):
    faults = []
    visitor.page.emulate_media(color_scheme="dark")
    for path in paths:
        visitor.go(path)
        visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
        faults += [f"{path}: {fault}" for fault in visitor.page.evaluate(RUN_AXE, True)]
    return faults


def test_a_school_in_the_dark_in_few_colours_and_on_paper(visit, senco, row):
    pupil_return = row.pupil_return
    page_of = {
        name: reverse(f"banding:{name}", args=[pupil_return.pk])
        for name in ("return_detail", "return_grid", "return_check", "template_upload")
    }
    decision = reverse("banding:decision_edit", args=[row.pk])
    visitor = visit(senco)
    page = visitor.page
    assert faults_in_the_dark(visitor, "/", decision, *page_of.values()) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 24, 26)"

    page.emulate_media(color_scheme="light")
    assert faults_of_large_text(visitor, "/", decision, *page_of.values()) == []
    page.emulate_media(forced_colors="active")
    visitor.go(page_of["return_detail"])
    page.evaluate(HALF)
    assert number_of_colours(page, page.locator("progress").screenshot()) > 1

    assert page.evaluate(SHOWN)[:2] == [8, 8]
    page.emulate_media(media="print", color_scheme="dark", forced_colors="none")
    assert page.evaluate(SHOWN)[:2] == [7, 7]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".govuk-button").first.is_visible()


def test_signing_in_in_the_dark(visit):
    visitor = visit()
    visitor.page.emulate_media(color_scheme="dark")
    visitor.go(reverse("account_login"))
    visitor.press("Sign in")
    visitor.sees("There is a problem")
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    assert visitor.page.evaluate(RUN_AXE, True) == []
