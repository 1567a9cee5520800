"""A banding exercise from opening it to acceptance, without scripts and by the keyboard alone."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.models import BandDecision, Return
from banding_portal.roles import Role
from tests.banding.rounds import pupil_at
from tests.browser import school as at_school
from tests.browser.keyboard import Keyboard
from tests.factories import FrameworkFactory, SchoolFactory

MESSAGE = "Say what the level is based on."


@pytest.fixture
def here(transactional_db):
    FrameworkFactory()
    return SchoolFactory(name="Ash School")


@pytest.fixture
def pupil(here):
    today = timezone.localdate()
    return pupil_at(here, band="", surname="Adair", date_of_birth=dt.date(today.year - 8, 1, 15))


def is_accepted_as_corrected():
    found = BandDecision.objects.order_by("submitted_at").values_list("band__code", "state")
    bands = list(found) == [("A", "superseded"), ("B", "submitted")]
    return bands and Return.objects.get().state == "accepted"


def test_an_exercise_is_opened_corrected_and_accepted_without_scripts(visit, member, here, pupil):
    open_without_scripts(visit(member(Role.ADMINISTRATOR), javascript=False))
    senco = visit(member(Role.SENCO, school=here), javascript=False)
    senco.begin_with("Amira Adair")
    at_school.band_on_screen(senco, "1", "A")
    at_school.submit(senco)
    officer = visit(member(Role.SEND_OFFICER), javascript=False)
    open_return(officer)
    officer.press("Return for correction")
    officer.fill("What should the school correct?", MESSAGE)
    officer.press("Return for correction")
    senco.do_what_is_due()
    senco.sees(MESSAGE)
    senco.follow("Change band of Amira Adair")
    at_school.band_on_screen(senco, "2", "B")
    at_school.submit(senco)
    open_return(officer)
    officer.press("Accept the return")
    assert is_accepted_as_corrected()


def open_without_scripts(admin):
    today = timezone.localdate()
    admin.open_menu("Collections")
    admin.press("Open an exercise sector by sector")
    admin.fill("Name", "Autumn banding")
    admin.fill("Code", "autumn")
    admin.page.get_by_label("Framework").select_option(index=1)
    admin.fill_date("Reference date", today)
    admin.fill_date("Opens on", today)
    admin.press("See schools and pupils")
    admin.sees("Give at least one sector a deadline, like 30 11 2026")
    admin.fill_date("Deadline for Mainstream", today + dt.timedelta(days=14))
    admin.press("See schools and pupils")
    assert admin.figures() == {"Sectors": "1", "Schools": "1", "Pupils": "1"}
    admin.press("Open the exercise")
    admin.sees("Autumn banding is open for 1 sector.")


def open_return(officer):
    officer.do_what_is_due()
    officer.leave_by(officer.page.get_by_role("link", name="Ash School", exact=True))


def test_an_exercise_is_opened_corrected_and_accepted_with_the_keyboard(visit, member, here, pupil):
    def person(role, **fields):
        keys = Keyboard(visit())
        keys.sign_in(member(role, **fields).email)
        return keys

    open_with_the_keyboard(person(Role.ADMINISTRATOR))
    senco = person(Role.SENCO, school=here)
    senco.follow("See your list")
    senco.follow("Start with Amira Adair")
    senco.band_by_numbers("1", "1")
    senco.declare()
    officer = person(Role.SEND_OFFICER)
    tab_to_return(officer)
    officer.follow("Return for correction")
    officer.type_into("What should the school correct?", MESSAGE)
    officer.follow("Return for correction")
    senco.visitor.go("/")
    senco.follow("See what to correct")
    senco.follow("Change band of Amira Adair")
    senco.band_anew_by_numbers("2", "2")
    senco.declare()
    officer.visitor.go("/")
    tab_to_return(officer)
    officer.follow("Accept the return")
    assert is_accepted_as_corrected()


def open_with_the_keyboard(admin):
    admin.follow("Collections")
    admin.follow("Open an exercise sector by sector")
    for field, typed in (("Name", "Autumn banding"), ("Code", "autumn"), ("Framework", "Test")):
        admin.type_into(field, typed)
    today = timezone.localdate()
    for day in (today, today, today + dt.timedelta(days=14)):
        admin.type_date(day)
    admin.follow("See schools and pupils")
    admin.follow("Open the exercise")


def tab_to_return(officer):
    officer.follow("Read the returns")
    officer.tab_to("Ash School")  # The box of its row.
    officer.follow("Ash School")
