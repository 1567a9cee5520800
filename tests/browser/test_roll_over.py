"""A year is rolled over: looked at, confirmed, done by a worker, and taken back."""

import datetime as dt

from django.utils import timezone

from banding.models import RollOver
from banding_portal.roles import Role
from schools.register_rules import academic_year_of
from tests.browser.inspection import Inspector
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory
from tests.jobs import work_on
from tests.reporting import report_of


def test_year_is_rolled_over_and_taken_back(visit, member):
    now = academic_year_of(timezone.localdate())
    school = SchoolFactory(name="Brook Primary School")
    leaving, staying = (
        PupilFactory(school=school, surname=name, date_of_birth=dt.date(now - 11, 8, 1))
        for name in ("Adair", "Bell")
    )
    report_of(staying, "staying_on", collection__reference_date=dt.date(now, 5, 1))
    PlacementFactory(pupil=PupilFactory(date_of_birth=dt.date(now - 26, 1, 1)), school=school)

    officer = visit(member(Role.SEND_OFFICER))
    look = Inspector(officer)
    officer.open_menu("Collections")
    officer.follow("Year roll-over")
    officer.sees("Adair, Amira")
    look.inspect("the preview")
    officer.press("Roll over")
    officer.sees_heading("Roll over to")
    look.inspect("the question")
    officer.press("Roll over")
    look.inspect("at work")
    work_on(RollOver.objects.get())
    officer.wait_for_job()
    officer.sees_heading("What was changed: Roll-over to")
    assert leaving.placements.get().end == dt.date(now, 8, 31)
    officer.press("Undo this roll-over")
    officer.press("Undo the roll-over")
    officer.sees("Undone")
    assert leaving.placements.get().end is None
    assert look.faults == []
