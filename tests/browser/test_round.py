"""A termly round by exception: without scripts from telling to acceptance, and by the keyboard."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.models import BandDecision, Joiner, Return, ReturnPupil
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
    senco.fill("Where has the pupil gone?", "Not known")
    senco.press("Save")
    senco.sees("Leaving (1)")
    senco.follow("Choose a band for Amira Bell")
    at_school.band_on_screen(senco, "2", "B")
    senco.sees("It counts once you have submitted the return.")
    senco.press("Check answers and submit")
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


def test_changes_of_a_round_are_told_with_the_keyboard(visit, member, here):
    """A leaver, a joiner, a changed band."""
    today = timezone.localdate()
    for surname in ("Adair", "Bell"):
        pupil_at(here, surname=surname, date_of_birth=born(today))
    open_round(reference=today)
    keys = Keyboard(visit())
    keys.sign_in(member(Role.SENCO, school=here).email)
    keys.follow("See your lists")
    keys.follow("Report a change for Amira Adair")
    keys.pick("Left", "Left")
    keys.type_date(today)
    keys.type_into("Where has the pupil gone?", "Not known")
    keys.follow("Save")
    add_a_joiner(keys, today)
    keys.follow("Change band for Amira Bell")
    keys.band_by_numbers("3", "1")
    keys.follow("Check answers and submit")
    keys.declare()
    row = ReturnPupil.objects.get(pupil__surname="Adair")
    assert (row.pupil_return.state, row.change, row.change_date) == ("submitted", "left", today)
    assert Joiner.objects.get().state == "waiting"
    found = BandDecision.objects.get(pupil__surname="Bell", collection__isnull=False)
    assert (found.band.code, found.state) == ("C", "submitted")


def add_a_joiner(keys, today):
    keys.follow("Add a pupil who joined")
    keys.type_into("Surname", "Quill")
    keys.type_into("Forename", "Ada")
    keys.type_date(born(today))
    keys.type_date(today)
    keys.pick("EHCP", "EHCP")
    keys.follow("Report joiner")
