"""What the tests of typed text do at the decision page, and see there."""

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.visitor import PASSWORD

RATIONALE = "Rationale (optional)"
TEXT = "Counts to ten with help"


def open_page(visitor, row):
    visitor.go(reverse("banding:decision_edit", args=[row.pk]))
    return visitor


def wait_until_saved(visitor) -> None:
    expect(visitor.page.locator(".typed-line").first).to_contain_text("Kept ")


def end_sessions() -> None:
    Session.objects.all().delete()


def rationale(visitor) -> str:
    return visitor.page.get_by_label(RATIONALE, exact=True).input_value()


def kept_in_browser(visitor) -> list[str]:
    keys = visitor.page.evaluate("Object.keys(sessionStorage)")
    return [key for key in keys if key.startswith("typed ")]


def questions(visitor) -> list[str]:
    """What the browser itself asks from now on; the answer is yes."""
    asked = []

    def answer(question):
        asked.append(question.type)
        question.accept()

    visitor.page.on("dialog", answer)
    return asked


def sign_in_here(visitor, user) -> None:
    visitor.fill("Email address", user.email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")


def dialog(visitor, name: str):
    return visitor.page.get_by_role("dialog", name=name)


def leave_unsaved(visitor, link: str) -> None:
    """Follow a link while text is not saved, and answer the question."""
    visitor.page.get_by_role("link", name=link).click()
    dialog(visitor, "Leave without saving?").wait_for()
    visitor.press("Leave without saving")
