"""An officer tells SENCOs something; one of them reads it and says so."""

import datetime as dt

from django.utils import timezone

from banding_portal.roles import Role
from tests.factories import SchoolFactory


def test_sheet_is_written_corrected_published_read_and_followed(visit, member):
    today = timezone.localdate()
    school = SchoolFactory(name="Alderbrook Primary School")
    senco = member(Role.SENCO, school=school)
    officer = visit(member(Role.SEND_OFFICER))
    officer.follow("Write an information sheet")
    officer.fill("Title", "Training on the descriptors")
    officer.fill("Text of the sheet", "Everybody is welcome.")
    officer.fill("Contact", "SEND operations")
    officer.page.get_by_label("SENCO", exact=True).check()
    officer.fill_date("First day", today)
    officer.fill_date("Last day", today - dt.timedelta(days=1))
    officer.press("Save the draft")
    officer.sees("The last day must be the same as the first day, or later")
    officer.fill_date("Last day", today + dt.timedelta(days=7))
    officer.press("Save the draft")
    officer.press("Publish")
    officer.sees(f"Information sheet {today.year}/1 has been published")
    reader = visit(senco)
    reader.follow("Training on the descriptors")
    reader.sees("Everybody is welcome.")
    reader.press("I have read this")
    reader.sees("Thank you. The authority can see that you have read this sheet.")
    officer.press("Who has read it")
    officer.sees("1 of 1 people have read it")
