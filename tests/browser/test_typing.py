"""Nothing typed is lost: kept while typing, asked before leaving, without JavaScript too."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from banding.changes.services import account_for
from banding.models import BandDecision
from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.services import keep_form
from banding_portal.kept_forms.typed import MOST
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.browser.inspection import Inspector
from tests.browser.school import save
from tests.browser.typing_steps import (
    RATIONALE,
    TEXT,
    dialog,
    end_sessions,
    kept_in_browser,
    leave_unsaved,
    open_page,
    questions,
    rationale,
    sign_in_here,
    wait_until_saved,
)


def test_what_is_typed_is_there_when_the_page_is_opened_again(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.choose("Band", "Band B")
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    leave_unsaved(visitor, "Back to the return")
    open_page(visitor, row)
    visitor.sees("This is what you typed")
    assert rationale(visitor) == TEXT
    expect(visitor.page.get_by_label("Band B", exact=True)).to_be_checked()
    assert BandDecision.objects.count() == 0
    visitor.press("Discard it")
    assert rationale(visitor) == ""
    assert KeptForm.objects.count() == 0


def test_link_followed_at_once_waits_until_it_is_kept(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    leave_unsaved(visitor, "Back to the return")
    assert KeptForm.objects.get().typed["rationale"] == [TEXT]


def test_saving_at_once_leaves_nothing_behind(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.press("Save as draft")
    visitor.sees("Draft for")
    assert BandDecision.objects.get().rationale == TEXT
    assert KeptForm.objects.count() == 0


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


def test_link_clicked_with_text_that_is_kept_asks_and_says_so(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    visitor.page.get_by_role("link", name="Back to the return").click()
    question = dialog(visitor, "Leave without saving?")
    expect(question).to_contain_text("It is kept for you, and will be here when you come back.")
    expect(question).not_to_contain_text("it is lost", use_inner_text=True)
    visitor.page.keyboard.press("Enter")
    expect(question).not_to_be_visible()
    assert rationale(visitor) == TEXT
    visitor.fill(RATIONALE, "")
    visitor.follow("Back to the return")


def test_form_refused_asks_before_its_page_is_left(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    save(visitor)
    visitor.sees("Choose a band")
    leave_unsaved(visitor, "Back to the return")
    assert KeptForm.objects.get().typed["rationale"] == [TEXT]


def test_discarding_is_not_asked_about(visit, senco, row):
    page = reverse("banding:decision_edit", args=[row.pk])
    keep_form(user=senco, path=page, typed={"rationale": [TEXT]})
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, "Something else")
    visitor.press("Discard it")
    assert rationale(visitor) == ""


def test_writing_an_email_or_calling_leaves_no_page(visit, member):
    visitor = visit(member(Role.ADMINISTRATOR))
    visitor.go("/people/invite/")
    visitor.fill("Name", "Sam Coe")
    visitor.page.locator("main").evaluate(
        "it => it.insertAdjacentHTML('beforeend', '<a href=\"tel:01632960100\">Call</a>')"
    )
    visitor.page.get_by_role("link", name="Call").click()
    visitor.page.wait_for_timeout(300)
    assert not dialog(visitor, "Leave without saving?").is_visible()


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


def test_tab_closed_while_it_is_only_kept_asks_too(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.page.get_by_label(RATIONALE, exact=True).press_sequentially("Text")
    wait_until_saved(visitor)
    asked = questions(visitor)
    visitor.page.reload()
    assert asked == ["beforeunload"]
    assert rationale(visitor) == "Text"
    visitor.page.reload()
    assert asked == ["beforeunload"]


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


def test_what_the_browser_kept_goes_when_the_form_is_saved(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.context.set_offline(True)
    visitor.fill(RATIONALE, TEXT)
    visitor.page.get_by_role("status").filter(has_text="Not saved.").wait_for()
    visitor.context.set_offline(False)
    visitor.press("Save as draft")
    visitor.sees("Draft for")
    open_page(visitor, row)
    assert rationale(visitor) == TEXT
    assert "What you typed" not in visitor.text()
    assert kept_in_browser(visitor) == []
    visitor.problems.clear()


def test_text_too_long_says_so_and_asks_before_leaving(visit, senco, row):
    visitor = open_page(visit(senco), row)
    # No form takes as much; a page of many texts might.
    visitor.page.get_by_label(RATIONALE, exact=True).evaluate(
        "it => it.removeAttribute('maxlength')"
    )
    visitor.fill(RATIONALE, "x" * (MOST + 1))
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
    visitor.sees("This is what you typed")
    assert rationale(visitor) == TEXT
    visitor.press("Save as draft")
    decision = BandDecision.objects.get()
    assert (decision.rationale, decision.band.code) == (TEXT, "B")
    assert KeptForm.objects.count() == 0


def test_without_scripts_it_is_discarded_by_its_button(visit, senco, row):
    visitor = open_page(visit(senco, javascript=False), row)
    visitor.fill(RATIONALE, TEXT)
    save(visitor)
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
