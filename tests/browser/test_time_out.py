"""A session that ends while somebody types: text kept, asked two minutes before, two tabs."""

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from banding.changes.services import account_for
from banding.models import BandDecision
from banding_portal.kept_forms.models import KeptForm
from banding_portal.roles import Role
from tests.banding.helpers import senco_of
from tests.browser.school import save
from tests.browser.typing_steps import (
    RATIONALE,
    TEXT,
    dialog,
    end_sessions,
    kept_in_browser,
    open_page,
    questions,
    rationale,
    sign_in_here,
    wait_until_saved,
)


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
    visitor.sees("Kept in this browser, for you only. Not saved yet.")
    wait_until_saved(visitor)
    assert KeptForm.objects.get().typed["rationale"] == [TEXT]
    assert kept_in_browser(visitor) == []


def test_form_is_sent_after_the_session_has_ended(visit, senco, row):
    visitor = open_page(visit(senco), row)
    visitor.fill(RATIONALE, TEXT)
    wait_until_saved(visitor)
    visitor.fill(RATIONALE, f"{TEXT}, then more")
    end_sessions()
    save(visitor)
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
