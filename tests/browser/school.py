"""What a SENCO does on screen."""

from tests.browser.files import Template
from tests.browser.office import RATIONALE, upload
from tests.browser.visitor import Visitor

AREAS = ("Cognition and learning", "Communication and interaction")


def band_on_screen(visitor: Visitor, level: str, band: str) -> None:
    """On the page of a pupil; ends on the page of the next one or the return."""
    for area in AREAS:
        visitor.choose(area, f"Level {level}")
    visitor.choose("Band", f"Band {band}")
    visitor.fill("Rationale (optional)", RATIONALE)
    save(visitor)


def save(visitor: Visitor) -> None:
    """The green button of a pupil’s page, which says where it leads."""
    visitor.leave_by(visitor.page.locator("#save"))


def see_suggestion(visitor: Visitor, level: str, band: str) -> None:
    """With JavaScript the suggestion follows the choices without a button."""
    for area in AREAS:
        visitor.choose(area, f"Level {level}")
    visitor.page.get_by_role("status").filter(has_text=f"Band {band}").wait_for()


def open_excel(visitor: Visitor) -> None:
    visitor.page.get_by_text("Or work in Excel").click()


def download_template(visitor: Visitor) -> Template:
    open_excel(visitor)
    return Template(visitor.download("Download the template"))


def upload_template(visitor: Visitor, template: Template) -> None:
    upload(visitor, "autumn.xlsx", template.content)


def submit(visitor: Visitor) -> None:
    """From the page that shows the answers."""
    visitor.sees_heading("Check answers")
    visitor.press("Continue to the declaration")
    visitor.page.get_by_role("checkbox").check()
    visitor.press("Submit the return")
    visitor.sees_heading("Return submitted")
