"""`make pictures`: the pictures of docs/tour.md anew, and which of them differ from the last ones.

The demonstration on the day of the suite's clock, so that nothing but the portal changes them.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from banding_portal.help.tour import put_away
from banding_portal.roles import Role
from schools.demo.people import account_of
from schools.models import User
from tests.browser.pixels import share_that_differs
from tests.browser.visitor import PASSWORD, Visitor

FOLDER = Path(settings.BASE_DIR) / "docs" / "pictures"
EXERCISE = "Autumn banding exercise 2026"
SCHOOL = "Alderbrook Primary School"
A_MINUTE = 0.001
"""The share of a picture that another time of day in it may change."""


class Album:
    """Keeps each picture, and a sentence on what became of it."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def keep(self, visitor: Visitor, name: str, *, height: int = 900, width: int = 1280) -> None:
        page = visitor.page
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        new = page.screenshot(animations="disabled", caret="hide")
        path = FOLDER / f"{name}.png"
        if not path.exists():
            self.told.append(f"{name}: new")
            path.write_bytes(new)
            return
        blank = visitor.context.new_page()
        share = share_that_differs(blank, path.read_bytes(), new)
        blank.close()
        self.told.append(f"{name}: {f'{share:.1%} differs' if share > A_MINUTE else 'the same'}")
        if share > A_MINUTE:
            path.write_bytes(new)


@pytest.fixture
def people(transactional_db, tmp_path, settings):
    """`people(role)`: somebody of the demonstration, with the password of these tests."""
    settings.DEMO = True
    call_command("seed_demo", folder=tmp_path, verbosity=0)

    def _person(role: Role) -> User:
        user = User.objects.get(email=account_of(role).email)
        user.set_password(PASSWORD)
        user.save()
        put_away(user)
        return user

    return _person


def test_take_pictures(visit, people, worker, tmp_path, capsys):
    album = Album()
    a_school(album, visit(people(Role.SENCO)), tmp_path)
    a_collection(album, visit(people(Role.ADMINISTRATOR)))
    a_sample(album, visit(people(Role.MODERATION_LEAD)))
    cases(album, visit(people(Role.MODERATOR)))
    a_run(album, visit(people(Role.FINANCE_OFFICER)))
    with capsys.disabled():
        print("", *album.told, sep="\n")


def a_school(album: Album, visitor: Visitor, workbooks: Path) -> None:
    album.keep(visitor, "home", height=1000)
    visitor.open_menu("Returns")
    of_the_school = visitor.page.get_by_role("row").filter(has_text=SCHOOL)
    visitor.leave_by(of_the_school.get_by_role("link", name=EXERCISE))
    album.keep(visitor, "return", height=1000)
    address = visitor.page.url
    album.keep(visitor, "return-on-a-phone", height=1100, width=320)
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.leave_by(visitor.page.get_by_role("button", name=re.compile("^(Start|Continue) with")))
    for level in visitor.page.get_by_label("Level 2").all():
        level.check()
    visitor.page.get_by_role("status").filter(has_text="Suggested:").wait_for()
    settle(visitor)
    album.keep(visitor, "decision")
    for workbook, name in (("broken", "issues"), ("valid", "preview")):
        visitor.go(address)
        visitor.page.get_by_text("Or work in Excel").click()
        visitor.follow("Upload a filled-in template")
        visitor.page.locator("input[type=file]").set_input_files(workbooks / f"{workbook}.xlsx")
        visitor.press("Upload and check")
        visitor.wait_for_job()
        album.keep(visitor, f"upload-{name}")
    visitor.open_menu("Statements")
    visitor.leave_by(visitor.page.get_by_role("link", name="Summer term 2026").first)
    album.keep(visitor, "statement")


def settle(visitor: Visitor) -> None:
    """Until the page has the answers to all it asked: leaving earlier would break them off."""
    visitor.page.wait_for_timeout(1000)
    visitor.page.wait_for_function("() => !document.querySelector('.htmx-request')")


def a_collection(album: Album, visitor: Visitor) -> None:
    visitor.open_menu("Collections")
    visitor.follow(EXERCISE)
    album.keep(visitor, "collection")


def a_sample(album: Album, visitor: Visitor) -> None:
    visitor.open_menu("Moderation")
    visitor.leave_by(visitor.page.get_by_role("link", name="Summer term 2026 round").first)
    album.keep(visitor, "sample", height=1160)


def cases(album: Album, visitor: Visitor) -> None:
    for state, name in (("assigned", "case-before"), ("judged", "case-after")):
        visitor.go(f"/cases/?state={state}")
        visitor.leave_by(visitor.page.get_by_role("link", name="Pupil ").first)
        album.keep(visitor, name)


def a_run(album: Album, visitor: Visitor) -> None:
    visitor.go("/runs/")
    visitor.leave_by(visitor.page.get_by_role("link", name="Autumn term 2026").first)
    album.keep(visitor, "run", height=1240)
