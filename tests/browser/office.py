"""What the authority's administrator, moderation lead and moderator do on screen."""

import datetime as dt
import re

from django.core import mail
from django.utils import timezone

from tests.browser import files
from tests.browser.visitor import PASSWORD, Visitor

RATIONALE = "Seen in class every day."
"""What the school wrote, which nobody may see before judging."""


def upload(visitor: Visitor, name: str, content: bytes) -> None:
    """Send a file and wait, on the page that follows it, until the worker has checked it."""
    visitor.attach(name, content)
    visitor.press("Upload and check")
    visitor.wait_for_job()


def apply(visitor: Visitor, button: str) -> None:
    visitor.press(button)
    visitor.wait_for_job()
    visitor.sees("What was saved")


def load_schools(visitor: Visitor) -> None:
    visitor.open_menu("Imports")
    visitor.press("Upload the register of schools")
    upload(visitor, "register.csv", files.register())
    visitor.sees("Nothing has been saved yet")
    apply(visitor, "Apply these changes")


def make_quadrant(visitor: Visitor, name: str) -> None:
    visitor.open_menu("Schools")
    visitor.follow("Quadrants")
    visitor.fill("Name of the quadrant", name)
    visitor.press("Add the quadrant")
    visitor.follow("Schools that are in no quadrant yet")
    visitor.sees_heading("Schools")
    for box in visitor.page.get_by_role("checkbox").all():
        box.check()
    visitor.select("Put the ticked schools into", name)
    visitor.press("Save the quadrant")
    visitor.sees(f"2 schools are now in {name}")


def load_pupils(visitor: Visitor) -> None:
    visitor.open_menu("Imports")
    visitor.press("Upload a caseload")
    upload(visitor, "caseload.csv", files.caseload())
    visitor.sees("Nothing has been saved yet")
    apply(visitor, "Apply these changes")


def invite(visitor: Visitor, email: str, role: str, school: str) -> str:
    """Returns the address in the email."""
    visitor.open_menu("People")
    visitor.press("Invite a person")
    visitor.fill("Name", "Sam Senco")
    visitor.fill("Email address", email)
    visitor.select("Role", role)
    visitor.fill("School", school)
    visitor.press("Send the invitation")
    visitor.confirm_who()
    visitor.sees(email)
    found = re.search(r"https?://\S+(/invitations/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def accept_invitation(visitor: Visitor, path: str) -> None:
    visitor.go(path)
    visitor.fill("Password", PASSWORD)
    visitor.press("Save and sign in")
    visitor.sees_heading("Home")


def open_collection(visitor: Visitor, name: str) -> None:
    visitor.open_menu("Collections")
    visitor.press("Open a collection")
    visitor.fill("Name", name)
    visitor.fill("Code", "autumn")
    visitor.choose("Kind", "Banding exercise")
    visitor.page.get_by_label("Framework").select_option(index=1)
    visitor.choose("Sectors", "Mainstream")
    today = timezone.localdate()
    visitor.fill_date("Reference date", files.period_start())
    visitor.fill_date("Opens on", today)
    visitor.fill_date("Deadline", today + dt.timedelta(days=14))
    visitor.press("See schools and pupils")
    assert visitor.figures() == {"Schools": "2", "Pupils": "5"}
    visitor.press("Open the collection")
    visitor.sees_heading(name)


def draw_sample(visitor: Visitor) -> None:
    """Every decision, judged by one moderator."""
    visitor.open_menu("Moderation")
    visitor.press("Draw a sample")
    visitor.fill("Rate", "100")
    with visitor.page.expect_response("**/samples/new/**"):
        visitor.page.get_by_role("button", name="Work out the sample").click()
    visitor.page.wait_for_timeout(500)  # until the answer stands on the page
    visitor.sees("Cases to judge")
    for box in visitor.page.get_by_label("Draw without the missing returns").all():
        box.check()
    visitor.press("Draw the sample")
    visitor.press("Assign cases")
    visitor.fill("Judged by a second moderator as well", "0")
    visitor.press("Assign cases")
    visitor.sees("Cases given to a moderator: 4.")


def judge(visitor: Visitor, level: str, band: str) -> None:
    """Judge the case on screen blind; the page holds nothing of what the school chose."""
    visitor.sees("You see the school’s band when your judgements are locked")
    page = visitor.page.content()
    assert RATIONALE not in page
    assert "checked" not in page
    for area in ("Cognition and learning", "Communication and interaction"):
        visitor.choose(area, f"Level {level}")
    visitor.choose("Band", f"Band {band}")
    visitor.choose("How sure are you?", "Sure")
    visitor.press("Lock my judgement")
    visitor.sees("Your judgement is locked")


def settle(visitor: Visitor, *, changing: str, to: str) -> None:
    """The case the school put into one band is changed to another, others are upheld."""
    visitor.sees("Judgements and the school’s decision")
    visitor.sees(RATIONALE)
    if visitor.page.get_by_role("button", name=f"Uphold Band {changing}").count():
        change_band(visitor, to)
        visitor.sees("Changed")
    else:
        visitor.leave_by(visitor.page.get_by_role("button", name="Uphold Band"))
        # Needed where nobody judged the school's band, else it may stay empty.
        reason = visitor.page.get_by_label("Explain it to the school")
        reason.fill("The plan describes what the school says.")
        visitor.press("Uphold the band")
        visitor.sees("Upheld")


def change_band(visitor: Visitor, band: str) -> None:
    visitor.press("Change the band")
    visitor.choose("New band", f"Band {band}")
    visitor.choose("Reason for the change", "Need is greater than recorded")
    visitor.fill("Explain it to the school", "The plan describes more support than recorded.")
    visitor.press("Continue")
    visitor.press("Change the band")
