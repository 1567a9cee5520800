"""What finance does on screen."""

from decimal import Decimal

from tests.browser import files, office
from tests.browser.visitor import Visitor


def money(text: str) -> Decimal:
    return Decimal(text.replace("£", "").replace(",", ""))


def load_calendar_and_values(visitor: Visitor, framework: str) -> None:
    visitor.open_menu("Funding")
    visitor.follow("Payment calendars")
    visitor.press("Upload a calendar")
    office.upload(visitor, "calendar.json", files.calendar())
    visitor.sees("This term")
    office.apply(visitor, "Apply this calendar")
    visitor.open_menu("Funding")
    visitor.follow("Band values")
    visitor.press("Upload values from a file")
    office.upload(visitor, "values.csv", files.band_values(framework))
    visitor.sees("£4,044.00")
    office.apply(visitor, "Apply these values")


def calculate(visitor: Visitor) -> None:
    visitor.go("/runs/new/")
    visitor.page.get_by_label("This term").check()
    visitor.press("Calculate")
    visitor.wait_for_job()
    visitor.sees_heading("This term")


def clear_exceptions(visitor: Visitor, kind: str) -> None:
    visitor.follow(kind)
    visitor.fill("Why can this stay as it is?", "Looked at with the schools.")
    visitor.press("Clear them all")
    # Several are told first, by their pupils.
    tick = visitor.page.get_by_label("This is right")
    if tick.is_visible():
        tick.check()
        visitor.press("Clear them all")
    visitor.follow("Back")


def send_for_checking(visitor: Visitor) -> None:
    visitor.press("Send for checking")
    visitor.sees("Sent for checking")


def publish(visitor: Visitor) -> None:
    visitor.press("Publish")
    visitor.confirm_who()
    visitor.sees("A published run never changes")
    visitor.press("Publish this run")
    visitor.sees("Published")
