"""A person at a browser: the few things people do with a page, and what the browser minded."""

from copy import copy
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from schools.models import User

PASSWORD = "three invented words"
PATIENCE = 60_000
"""Milliseconds until something missing is taken for missing; a busy machine is slow, not wrong."""
expect.set_options(timeout=PATIENCE)


class Visitor:
    """One browser window of its own. Names are what the page shows: buttons, links, labels."""

    def __init__(
        self, browser: Browser, address: str, *, width: int = 1280, javascript: bool = True
    ) -> None:
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.problems: list[str] = []
        self.open_tab()

    def open_tab(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("response", self._note_response)

    def _note_console(self, message) -> None:
        """Breaches of the content security policy are errors here too."""
        if message.type in ("error", "warning"):
            self.problems.append(f"{self.page.url}: {message.text}")

    def _note_response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status} {response.url}")

    def another_tab(self) -> "Visitor":
        """The same person in the same browser; what it minds is told with the rest."""
        other = copy(self)
        other.open_tab()
        return other

    def sign_in(self, user: User) -> "Visitor":
        """Through the real form, from wherever it is asked for."""
        self.go("/")
        self.fill("Email address", user.email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        self.sees_heading("Home")
        return self

    def confirm_who(self, code: str = "") -> None:
        """Before what matters most the portal may ask once more; by a code of who has them."""
        if self.page.get_by_role("heading", name="Confirm it is you").count():
            self.fill(*(("Code", code) if code else ("Password", PASSWORD)))
            self.press("Confirm")

    def go(self, path: str) -> None:
        self.page.goto(path)

    def leave_by(self, element: Locator) -> None:
        """Click what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            element.click()

    def press(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("link", name=name))

    def open_menu(self, name: str) -> None:
        """A page of the navigation."""
        menu = self.page.get_by_role("navigation", name="Menu")
        self.leave_by(menu.get_by_role("link", name=name, exact=True))

    def do_what_is_due(self) -> None:
        """The one button of the home page."""
        self.open_home()
        self.leave_by(self.page.locator(".panel--due").get_by_role("button"))

    def begin_with(self, pupil: str) -> None:
        """From home to the list of a return nobody has begun, and on to its first pupil."""
        self.do_what_is_due()
        self.press(f"Start with {pupil}")

    def open_home(self) -> None:
        self.open_menu("Home")

    def wait_for_job(self) -> None:
        """Until the worker has finished what the page follows."""
        self.page.wait_for_selector("#job-progress", state="detached")
        self.page.wait_for_load_state()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def fill_date(self, legend: str, day) -> None:
        group = self.page.get_by_role("group", name=legend)
        for part in ("Day", "Month", "Year"):
            group.get_by_label(part).fill(str(getattr(day, part.lower())))

    def choose(self, group: str, option: str) -> None:
        """A radio button or a box, in the group of that legend."""
        self.page.get_by_role("group", name=group).get_by_label(option, exact=True).check()

    def select(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def attach(self, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("input[type=file]").set_input_files(file)

    def download(self, link: str) -> bytes:
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name=link).first.click()
        return Path(caught.value.path()).read_bytes()

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def figure(self, label: str) -> str:
        """A figure of the page: “Control total” → “£1,234.00”."""
        return self.figures()[label]

    def figures(self) -> dict[str, str]:
        parts = self.page.locator("main dl.figures > div")
        found = (part.inner_text().split("\n") for part in parts.all())
        return {lines[0].strip(): lines[-1].strip() for lines in found}

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def leave(self) -> None:
        self.context.close()
