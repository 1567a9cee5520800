"""Nothing typed is lost: kept while typing, over a time-out, over two tabs, without JavaScript."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from banding.changes.services import account_for
from banding.models import BandDecision
from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.services import keep_form
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.browser.inspection import Inspector
from tests.browser.visitor import PASSWORD
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory

RATIONALE = "Rationale (optional)"
TEXT = "Counts to ten with help"


@pytest.fixture
def row(transactional_db):
    pupil_return = ReturnFactory()
    pupil = PupilFactory(school=pupil_return.school, surname="Adair")
    return ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)


@pytest.fixture
def senco(member, row):
    return member(Role.SENCO, school=row.pupil_return.school)


def open_page(visitor, row):
    visitor.go(reverse("banding:decision_edit", args=[row.pk]))
    return visitor


def wait_until_saved(visitor) -> None:
    expect(visitor.page.locator(".typed-line").first).to_contain_text("Saved ")


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
    visitor.fill("E-mail address", user.email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")


def dialog(visitor, name: str):
    return visitor.page.get_by_role("dialog", name=name)


def test_what_is_typed_is_there_when_the_page_is_opened_again(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.choose("Band", "Band B")
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    visitor.follow("Back to the return")
    assert not dialog(visitor, "Leave without saving?").is_visible()
    open_page(visitor, row)
    visitor.sees("This is what you typed at")
    assert rationale(visitor) == TEXT
    expect(visitor.page.get_by_label("Band B", exact=True)).to_be_checked()
    assert BandDecision.objects.count() == 0
    visitor.press("Discard it")
    assert rationale(visitor) == ""
    assert KeptForm.objects.count() == 0


def test_link_followed_at_once_waits_until_it_is_saved(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.follow("Back to the return")
    assert KeptForm.objects.get().typed["rationale"] == [TEXT]


def test_saving_at_once_leaves_nothing_behind(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.press("Save as draft")
    visitor.sees("Draft for")
    assert BandDecision.objects.get().rationale == TEXT
    assert KeptForm.objects.count() == 0


def test_session_ends_while_somebody_types(visit, senco, row):
    """The script finds out, the dialog says so, and after the sign-in the text is back."""
    visitor = open_page(visit(senco), row)
    end_sessions()
    visitor.page.get_by_label(RATIONALE, exact=True).press_sequentially(TEXT)
    expect(dialog(visitor, "You have been signed out")).to_be_visible()
    expect(dialog(visitor, "You have been signed out")).to_contain_text(
        "What you typed is kept in this browser"
    )
    assert KeptForm.objects.count() == 0
    asked = questions(visitor)
    visitor.press("Sign in")
    sign_in_here(visitor, senco)
    assert asked == []
    assert rationale(visitor) == TEXT
    visitor.sees("What you typed before you were signed out is back.")
    wait_until_saved(visitor)
    assert KeptForm.objects.get().typed["rationale"] == [TEXT]
    assert kept_in_browser(visitor) == []


def test_form_is_sent_after_the_session_has_ended(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    visitor.fill(RATIONALE, f"{TEXT}, then more")
    end_sessions()
    visitor.press("Save and go to next pupil")
    visitor.sees_heading("Sign in")
    sign_in_here(visitor, senco)
    assert rationale(visitor) == f"{TEXT}, then more"
    assert BandDecision.objects.count() == 0


def test_part_of_the_page_asked_for_after_the_session_has_ended(visit, senco, row):
    """The suggestion follows the choices; the page must not get a sign-in form inside."""
    visitor = open_page(visit(senco), row)
    end_sessions()
    visitor.choose("Cognition and learning", "Level 2")
    expect(dialog(visitor, "You have been signed out")).to_be_visible()
    assert visitor.page.get_by_label("Password").count() == 0
    visitor.press("Sign in")
    sign_in_here(visitor, senco)
    area = visitor.page.get_by_role("group", name="Cognition and learning")
    expect(area.get_by_label("Level 2", exact=True)).to_be_checked()


def test_somebody_else_signs_in_and_sees_none_of_it(visit, member, senco, row):
    other = member(Role.SENCO, school=row.pupil_return.school)
    visitor = open_page(visit(senco), row)
    end_sessions()
    visitor.fill(RATIONALE, TEXT)
    dialog(visitor, "You have been signed out").wait_for()
    visitor.press("Sign in")
    sign_in_here(visitor, other)
    assert rationale(visitor) == ""
    assert TEXT not in visitor.text()
    assert kept_in_browser(visitor) == []


def test_pupil_is_marked_as_left_while_somebody_types(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    on = row.pupil_return.collection.reference_date
    by = senco_of(row.pupil_return)
    account_for(return_pupil=row, by=by, change="left", change_date=on, reason="")
    visitor.press("Save as draft")
    visitor.sees("is recorded as “left”")
    visitor.sees("was not saved")
    visitor.sees(TEXT)


def test_left_pupils_page_takes_what_this_browser_kept(visit, senco, row):
    visitor = open_page(visit(senco), row)
    end_sessions()
    visitor.fill(RATIONALE, TEXT)
    dialog(visitor, "You have been signed out").wait_for()
    on = row.pupil_return.collection.reference_date
    by = senco_of(row.pupil_return)
    account_for(return_pupil=row, by=by, change="left", change_date=on, reason="")
    visitor.press("Sign in")
    sign_in_here(visitor, senco)
    visitor.sees("was not saved")
    visitor.sees(TEXT)


# Two tabs


def test_end_comes_near_and_one_tab_stays_for_both(visit, senco, row, settings):
    settings.SESSION_COOKIE_AGE = 124
    visitor = open_page(visit(senco), row)
    other = visitor.another_tab()
    open_page(other, row)
    for tab in (visitor, other):
        expect(dialog(tab, "You will soon be signed out")).to_be_visible()
    settings.SESSION_COOKIE_AGE = 3600
    expect(other.page.get_by_role("button", name="Stay signed in")).to_be_focused()
    other.page.keyboard.press("Enter")
    for tab in (visitor, other):
        expect(dialog(tab, "You will soon be signed out")).not_to_be_visible()
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)


def test_escape_means_to_stay(visit, senco, row, settings):
    settings.SESSION_COOKIE_AGE = 122
    visitor = open_page(visit(senco), row)
    warning = dialog(visitor, "You will soon be signed out")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("status")).to_contain_text("You will be signed out in")
    settings.SESSION_COOKIE_AGE = 3600
    visitor.page.keyboard.press("Escape")
    expect(warning).not_to_be_visible()
    assert Session.objects.get().get_decoded()["_auth_user_id"] == str(senco.pk)


def test_nobody_answers_and_the_page_says_it_is_over(visit, senco, row, settings):
    settings.SESSION_COOKIE_AGE = 5
    visitor = open_page(visit(senco), row)
    expect(dialog(visitor, "You will soon be signed out")).to_be_visible()
    expect(dialog(visitor, "You have been signed out")).to_be_visible(timeout=15_000)
    assert not dialog(visitor, "You will soon be signed out").is_visible()


def test_signing_in_again_in_another_tab_is_enough(visit, senco, row):
    """The page that was open gets the token of the new sign-in, and saves."""
    visitor = open_page(visit(senco), row)
    end_sessions()
    visitor.fill(RATIONALE, TEXT)
    dialog(visitor, "You have been signed out").wait_for()
    other = visitor.another_tab()
    other.go("/")
    sign_in_here(other, senco)
    expect(dialog(visitor, "You have been signed out")).not_to_be_visible()
    wait_until_saved(visitor)
    visitor.press("Save as draft")
    assert BandDecision.objects.get().rationale == TEXT
    assert kept_in_browser(visitor) == []


def test_two_tabs_at_one_page_and_the_later_text_stays(visit, senco, row):
    visitor = open_page(visit(senco), row)
    other = open_page(visitor.another_tab(), row)
    visitor.fill(RATIONALE, "First")
    wait_until_saved(visitor)
    other.fill(RATIONALE, "Second")
    wait_until_saved(other)
    open_page(visitor, row)
    assert rationale(visitor) == "Second"


# Leaving


def test_link_clicked_with_text_that_cannot_be_saved_asks_first(visit, member):
    """A form that is not kept while it is typed: stay, then leave."""
    visitor = visit(member(Role.ADMINISTRATOR))
    visitor.go("/people/invite/")
    visitor.fill("Name", "Sam Coe")
    visitor.page.get_by_role("link", name="Back", exact=True).click()
    question = dialog(visitor, "Leave without saving?")
    expect(question.get_by_role("button", name="Stay on this page")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(question).not_to_be_visible()
    assert visitor.page.get_by_label("Name", exact=True).input_value() == "Sam Coe"
    visitor.page.get_by_role("link", name="Back", exact=True).click()
    visitor.press("Leave without saving")
    visitor.sees_heading("People")


def test_nothing_typed_and_nobody_is_asked(visit, member):
    visitor = visit(member(Role.ADMINISTRATOR))
    visitor.go("/people/invite/")
    visitor.leave_by(visitor.page.get_by_role("link", name="Back", exact=True))
    visitor.sees_heading("People")


def test_tab_closed_with_unsaved_text_asks_first(visit, member):
    visitor = visit(member(Role.ADMINISTRATOR))
    visitor.go("/people/invite/")
    visitor.page.get_by_label("Name", exact=True).press_sequentially("Sam")
    asked = questions(visitor)
    visitor.page.reload()
    assert asked == ["beforeunload"]


def test_tab_closed_once_it_is_saved_asks_nothing(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.page.get_by_label(RATIONALE, exact=True).press_sequentially("Text")
    wait_until_saved(visitor)
    asked = questions(visitor)
    visitor.page.reload()
    assert asked == []
    assert rationale(visitor) == "Text"


def test_line_breaks_off_and_saving_is_tried_again(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.context.set_offline(True)
    visitor.fill(RATIONALE, TEXT)
    said = visitor.page.get_by_role("status").filter(has_text="Not saved.")
    expect(said).to_contain_text("What you typed is kept in this browser")
    visitor.page.get_by_role("link", name="Back to the return").click()
    dialog(visitor, "Leave without saving?").wait_for()
    visitor.page.keyboard.press("Escape")
    visitor.context.set_offline(False)
    visitor.fill(RATIONALE, f"{TEXT}.")
    wait_until_saved(visitor)
    expect(said).not_to_be_visible()
    assert kept_in_browser(visitor) == []
    # The browser minds that it was offline, and nothing else.
    assert {"ERR_INTERNET_DISCONNECTED" in problem for problem in visitor.problems} == {True}
    visitor.problems.clear()


def test_text_too_long_says_so_and_asks_before_leaving(visit, senco, row):
    visitor = open_page(visit(senco), row)
    # No form takes as much; a page of many texts might.
    visitor.page.get_by_label(RATIONALE, exact=True).evaluate(
        "it => it.removeAttribute('maxlength')"
    )
    visitor.fill(RATIONALE, "x" * 70_000)
    expect(visitor.page.get_by_role("status").last).to_contain_text("too long to be saved by")
    visitor.page.get_by_role("link", name="Back to the return").click()
    dialog(visitor, "Leave without saving?").wait_for()
    assert {"413" in problem for problem in visitor.problems} == {True}
    visitor.problems.clear()


# No barrier


def test_what_is_said_of_typed_text_has_no_barrier(visit, senco, row):
    inspector = Inspector(visit(senco))
    visitor = open_page(inspector.visitor, row)
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    inspector.inspect("saved while typing")
    open_page(visitor, row)
    inspector.inspect("refilled")
    on = row.pupil_return.collection.reference_date
    by = senco_of(row.pupil_return)
    account_for(return_pupil=row, by=by, change="left", change_date=on, reason="")
    open_page(visitor, row)
    inspector.inspect("to be copied")
    row.pupil_return.collection.__class__.objects.update(closed_at=timezone.now())
    change = reverse("banding:pupil_change", args=[row.pk])
    keep_form(user=senco, path=change, typed={"reason": [TEXT]})
    visitor.go(change)
    visitor.sees("This page can no longer be filled in")
    inspector.inspect("closed")
    assert inspector.faults == []


@pytest.mark.parametrize("name", ["session-dialog", "signed-out-dialog", "leave-dialog"])
def test_questions_have_no_barrier(visit, senco, row, name):
    inspector = Inspector(visit(senco))
    visitor = open_page(inspector.visitor, row)
    visitor.page.evaluate("(id) => document.getElementById(id).showModal()", name)
    inspector.inspect(name)
    assert inspector.faults == []
    # The keyboard stays inside, and every way out is a button or link that says where it leads.
    names = visitor.page.get_by_role("dialog").locator("button:visible, a:visible")
    assert len(names.all_inner_texts()) == 2


# Without JavaScript


def test_without_scripts_the_sent_form_is_back_after_the_sign_in(visit, senco, row):
    visitor = open_page(visit(senco, javascript=False), row)
    visitor.choose("Band", "Band B")
    visitor.fill(RATIONALE, TEXT)
    end_sessions()
    visitor.press("Save as draft")
    visitor.sees_heading("Sign in")
    sign_in_here(visitor, senco)
    visitor.sees("This is what you typed at")
    assert rationale(visitor) == TEXT
    visitor.press("Save as draft")
    decision = BandDecision.objects.get()
    assert (decision.rationale, decision.band.code) == (TEXT, "B")
    assert KeptForm.objects.count() == 0


def test_without_scripts_it_is_discarded_by_its_button(visit, senco, row):
    visitor = open_page(visit(senco, javascript=False), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.press("Save and go to next pupil")
    visitor.sees("Choose a band")
    open_page(visitor, row)
    assert rationale(visitor) == TEXT
    visitor.press("Discard it")
    assert rationale(visitor) == ""


def test_without_scripts_nothing_is_asked(visit, senco, row):
    visitor = open_page(visit(senco, javascript=False), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.follow("Back to the return")
    assert KeptForm.objects.count() == 0
    assert not dialog(visitor, "Leave without saving?").is_visible()
