"""A termly round by exception: without scripts from telling to acceptance, and by the keyboard."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.models import BandDecision, Return
from banding_portal.roles import Role
from schools.models import Placement
from tests.banding.rounds import open_round, pupil_at
from tests.browser import school as at_school
from tests.browser.keyboard import Keyboard
from tests.factories import SchoolFactory


@pytest.fixture
def here(transactional_db):
    return SchoolFactory()


def born(today):
    """In the middle of a primary school: nobody's last year."""
    return dt.date(today.year - 8, 1, 15)


def test_a_round_is_told_and_accepted_without_scripts(visit, member, here):
    today = timezone.localdate()
    pupil_at(here, surname="Adair", date_of_birth=born(today))
    pupil_at(here, surname="Bell", date_of_birth=born(today), band="")
    open_round(reference=today)
    senco = visit(member(Role.SENCO, school=here), javascript=False)
    senco.do_what_is_due()
    senco.sees("Carrying on (1)")
    senco.sees("Please tell us (1)")
    left = senco.page.get_by_role("row").filter(has_text="Adair")
    senco.leave_by(left.get_by_role("link", name="Report a change"))
    senco.page.get_by_label("Left", exact=True).check()
    senco.fill_date("Date left", today)
    senco.press("Save")
    senco.sees("Leaving (1)")
    senco.follow("Choose a band for Amira Bell")
    at_school.band_on_screen(senco, "2", "B")
    at_school.submit(senco)
    accept(visit(member(Role.SEND_OFFICER), javascript=False), here)
    assert Return.objects.get().state == "accepted"
    assert Placement.objects.get(pupil__surname="Adair").end == today
    assert BandDecision.objects.get(pupil__surname="Bell").state == "submitted"


def accept(officer, school):
    officer.do_what_is_due()
    officer.page.get_by_label(school.name).check()
    officer.choose("What do you want to do with the ticked returns?", "Accept the returns")
    officer.press("Show what this will change")
    officer.sees("1 return accepted.")
    officer.press("Accept the returns")


def test_nothing_to_tell_is_confirmed_with_the_keyboard(visit, member, here):
    pupil_at(here, date_of_birth=born(timezone.localdate()))
    open_round(reference=timezone.localdate())
    keys = Keyboard(visit())
    keys.sign_in(member(Role.SENCO, school=here).email)
    keys.follow("See your lists")
    keys.follow("We have nothing to report: confirm and submit")
    keys.visitor.sees("Submitted")
    assert BandDecision.objects.count() == 1
