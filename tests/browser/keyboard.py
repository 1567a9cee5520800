"""A person without a mouse: Tab, Enter, Space and letters, and what is seen of the focus."""

import datetime as dt

from tests.browser.spoken import lines_of
from tests.browser.visitor import PASSWORD, Visitor

MOST = 90
"""Presses of Tab within which everything on a page must be reached."""
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0];
  const seen = label && ["radio", "checkbox"].includes(one.type) ? label : one;
  const box = seen.getBoundingClientRect();
  const marks = [getComputedStyle(one), getComputedStyle(seen, "::before")];
  const left = box.left + Math.min(box.width, 40) / 2;
  const there = document.elementFromPoint(left, box.top + box.height / 2);
  return {
    name: (one.ariaLabel ?? label?.textContent ?? one.textContent).replace(/\\s+/g, " ").trim(),
    marked: marks.some((style) => style.boxShadow !== "none"
      || style.outlineStyle !== "none" && style.outlineColor !== "rgba(0, 0, 0, 0)"),
    inSight: Boolean(there && (there === seen || seen.contains(there) || there.contains(seen)
      || there.closest("label") === label)),
  };
}"""


class Keyboard:
    """Works the page of a visitor; `heard` keeps what each page says to a screen reader."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.heard: dict[str, list[str]] = {}
        # From the start: asked for only when Enter is pressed, it can come too late.
        self.page.on("filechooser", lambda _chooser: None)

    def hears(self, name: str, *, below: str = "main") -> None:
        self.heard[name] = lines_of(self.visitor, below=below)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str) -> None:
        """On to what is called so; on the way nothing has the focus unseen (WCAG 2.4.7, 2.4.11)."""
        passed = []
        for _ in range(MOST):
            self.press("Tab")
            here = self.page.evaluate(FOCUSED)
            passed.append(here["name"])
            if self.page.evaluate("document.activeElement !== document.body"):
                assert here["marked"], f"No focus is seen on “{here['name']}”"
                assert here["inSight"], f"“{here['name']}” has the focus out of sight"
            if here["name"].startswith(name):
                return
        raise AssertionError(f"“{name}” is not reached by Tab: {passed}")

    def type_into(self, field: str, text: str) -> None:
        self.tab_to(field)
        self.page.keyboard.type(text)

    def type_date(self, day: dt.date) -> None:
        """Into the next three boxes of a day."""
        for part in ("Day", "Month", "Year"):
            self.type_into(part, str(getattr(day, part.lower())))

    def band_by_numbers(self, *levels: str) -> None:
        """The numbers of the levels lead on to the button that saves the suggested band."""
        self.tab_to("Level ")  # The one chosen, or the first.
        self.press(*levels)
        self.page.get_by_role("button", name="and go on").wait_for()
        with self.page.expect_navigation():
            self.press("Enter")

    def band_anew_by_numbers(self, *levels: str) -> None:
        """Where another band is chosen already: on to the suggested one, then to the button."""
        self.tab_to("Level ")
        self.press(*levels)
        self.page.get_by_role("button", name="Choose Band").wait_for()
        self.press("Enter")
        with self.page.expect_navigation():
            self.press("Enter")

    def declare(self) -> None:
        """From the page that shows the answers."""
        self.follow("Continue to the declaration")
        self.tab_to("I, ")
        self.press("Space")
        self.follow("Submit the return")

    def pick(self, first: str, chosen: str) -> None:
        """A radio button, by the arrows from the first of its group."""
        self.tab_to(first)
        self.press("Space")
        while not self.page.evaluate(FOCUSED)["name"].startswith(chosen):
            self.press("ArrowDown")

    def follow(self, name: str) -> None:
        self.tab_to(name)
        with self.page.expect_navigation():
            self.press("Enter")

    def sign_in(self, email: str) -> None:
        self.page.goto("/")
        self.tab_to("Skip to main content")
        self.tab_to("Email address")
        self.page.keyboard.type(email)
        self.tab_to("Password")
        self.page.keyboard.type(PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")
        self.visitor.sees_heading("Home")
