"""The decision page with the keyboard: levels by their number, the reason where it is asked, and
nothing that has the focus under the bar (WCAG 2.4.11).
"""

from tests.browser.test_senco_walk import pupil_return, walk  # noqa: F401 (fixtures)

COVERED = """() => {
    const shown = document.activeElement.closest(".govuk-radios__item");
    const bar = document.querySelector(".suggestion-bar");
    return shown.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
}"""

# How far to scroll until the radio's card reaches under the bar and its circle does not.
REACHES_UNDER = """radio => {
    const circle = radio.getBoundingClientRect();
    const bar = document.querySelector(".suggestion-bar");
    return circle.bottom + 2 - (innerHeight - bar.offsetHeight);
}"""


def press_beside_the_bar(page, radio):
    """As a person presses: the page has time to move between press and release, and must not."""
    page.evaluate("shown => scrollBy(0, shown)", radio.evaluate(REACHES_UNDER))
    circle = radio.bounding_box()
    page.mouse.move(circle["x"] + 20, circle["y"] + 20)
    page.mouse.down()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.mouse.up()
    assert radio.is_checked()


def test_levels_by_their_number_and_nothing_under_the_bar(walk, pupil_return):  # noqa: F811
    walk.click("button", "See your list", leaves=True)
    walk.click("button", "Start with", leaves=True)
    page, reason = walk.page, walk.page.get_by_label("Reason for choosing a different band")
    page.set_viewport_size({"width": 1280, "height": 600})
    assert not reason.is_visible()
    page.locator("[type=radio]").first.focus()
    walk.press("1", "1", "1", "1")
    page.get_by_role("button", name="Save Band B and go on").wait_for()
    for name in ("learning", "language", "feelings", "body"):
        page.locator(f"[name=level_{name}]:checked").focus()
        assert page.evaluate(COVERED) <= 0
    page.get_by_role("radio", name="Band D", exact=True).check()
    assert reason.is_visible()
    page.get_by_role("button", name="Choose Band B").click()
    assert not reason.is_visible()
    assert page.get_by_role("radio", name="Band B", exact=True).is_checked()
    walk.press("Enter")
    walk.visitor.sees_heading("Adair 1")
    assert walk.page.locator(".saved-line").inner_text().endswith("9 left to do.")


def test_suggestion_that_cannot_be_worked_out_does_not_stay(walk, pupil_return):  # noqa: F811
    walk.click("button", "See your list", leaves=True)
    walk.click("button", "Start with", leaves=True)
    page = walk.page
    page.locator("[type=radio]").first.focus()
    walk.press("1", "1", "1", "1")
    page.get_by_role("button", name="Save Band B and go on").wait_for()
    press_beside_the_bar(page, page.locator("[name=level_body]").last)
    walk.visitor.context.clear_cookies(name="csrf")
    page.get_by_role("radio", name="Level 3").first.check()
    page.get_by_text("The suggested band could not be worked out just now.").wait_for()
    assert page.get_by_role("button", name="Save Band B and go on").count() == 0
    # Refused, as it should be; typing is kept in the browser for the same reason.
    walk.visitor.problems.clear()
