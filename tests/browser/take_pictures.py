"""Takes the pictures of docs/tour.md again, from a portal that shows the demonstration.

    make run                                                  # in one terminal
    .venv/bin/python -m tests.browser.take_pictures           # in another

Another address, and the folder of the workbooks to try, may follow.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PASSWORD = "westmere-in-autumn"
HEIGHT = {1280: 900, 320: 1100}


class Photographer:
    """Signs in as the demonstration's people and keeps what their screens show."""

    def __init__(self, browser: Browser, address: str, workbooks: str) -> None:
        self.browser, self.address, self.workbooks = browser, address, Path(workbooks)

    def signed_in(self, mailbox: str, width: int = 1280) -> Page:
        size = {"width": width, "height": HEIGHT[width]}
        page = self.browser.new_page(base_url=self.address, viewport=size)
        page.goto("/")
        page.get_by_label("E-mail address").fill(f"{mailbox}@demo.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in", exact=True).click()
        return page

    def keep(self, page: Page, name: str, height: int = 0) -> None:
        page.wait_for_load_state("networkidle")
        if height:
            page.set_viewport_size({"width": 1280, "height": height})
        page.screenshot(path=FOLDER / f"{name}.png")

    def school(self) -> None:
        page = self.signed_in("senco")
        self.keep(page, "home")
        follow(page, "Returns", "Autumn banding exercise 2026")
        self.keep(page, "return")
        address = page.url
        page.get_by_role("button", name="Continue with").click()
        page.wait_for_url("**/decision/")
        for level in page.get_by_label("Level 2").all():
            level.check()
        page.get_by_role("status").filter(has_text="Suggested:").wait_for()
        self.keep(page, "decision")
        for workbook, name in (("broken", "issues"), ("valid", "preview")):
            page.goto(address)
            self.upload(page, workbook)
            self.keep(page, f"upload-{name}")
        follow(page, "Statements", "Summer term 2026")
        self.keep(page, "statement")
        phone = self.signed_in("senco", 320)
        phone.goto(address)
        self.keep(phone, "return-on-a-phone")

    def upload(self, page: Page, workbook: str) -> None:
        page.get_by_text("Or work in Excel").click()
        page.get_by_role("link", name="Upload a filled-in template").click()
        page.locator("input[type=file]").set_input_files(self.workbooks / f"{workbook}.xlsx")
        with page.expect_navigation():
            page.get_by_role("button", name="Upload and check").click()
        page.wait_for_selector("#job-progress", state="detached", timeout=60_000)

    def authority(self) -> None:
        page = self.signed_in("administrator")
        follow(page, "Collections", "Autumn banding exercise 2026")
        self.keep(page, "collection")
        page = self.signed_in("lead")
        follow(page, "Moderation", "Summer term 2026 round")
        self.keep(page, "sample", 1160)
        page = self.signed_in("moderator")
        for state, name in (("assigned", "case-before"), ("judged", "case-after")):
            page.goto(f"/cases/?state={state}")
            follow(page, "Pupil ")
            self.keep(page, name)

    def money(self) -> None:
        page = self.signed_in("finance")
        page.goto("/runs/")
        follow(page, "Autumn term 2026")
        self.keep(page, "run", 1240)


def follow(page: Page, *names: str) -> None:
    for name in names:
        with page.expect_navigation():
            page.get_by_role("link", name=name).first.click()


def main(address: str = "http://localhost:8000", workbooks: str = ".local/demo") -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    flags = ["--headless", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        photographer = Photographer(browser, address, workbooks)
        photographer.school()
        photographer.authority()
        photographer.money()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
