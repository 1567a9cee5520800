"""A school looks at similar schools, asks for more than the bands give, and is answered."""

import datetime as dt

import pytest

from banding.models import ExceptionalRequest
from banding_portal.roles import Role
from tests.banding.test_similar import returned
from tests.browser.inspection import Inspector
from tests.factories import CollectionFactory


@pytest.fixture
def own(transactional_db):
    """A submitted return beside five similar ones."""
    collection = CollectionFactory()
    for _ in range(5):
        returned(collection, "AABB")
    return returned(collection, "ABBB")


def test_school_compares_itself_and_an_amount_is_agreed(visit, member, own):
    row = own.pupils.first()
    senco = visit(member(Role.SENCO, school=own.school))
    look = Inspector(senco)
    senco.go(f"/returns/{own.pk}/")
    senco.follow("Bands compared with similar schools")
    senco.sees("5 other schools of the same sector and phase")
    look.inspect("similar schools")
    senco.go(f"/returns/pupils/{row.pk}/decision/")
    ask(senco, look)

    officer = visit(member(Role.SEND_OFFICER))
    look_of_officer = Inspector(officer)
    officer.go("/exceptional-requests/")
    officer.follow(row.pupil.display_name)
    look_of_officer.inspect("the request")
    agree(officer)

    senco.go(f"/pupils/{row.pupil_id}/")
    senco.sees("£1,200.00 a year on top of the band, from 1 January 2027")
    senco.sees("Agreed for a year")
    look.inspect("the pupil")
    assert ExceptionalRequest.objects.get().state == "agreed"
    assert look.faults + look_of_officer.faults == []


def ask(senco, look):
    senco.leave_by(senco.page.get_by_role("button", name="Ask for more than this band"))
    look.inspect("asking")
    senco.press("Send the request")
    look.inspect("asking with errors")
    senco.fill("Which provision in the plan does no band secure?", "A nurse all day")
    senco.page.get_by_label("What does it cost a year").fill("1,200")
    senco.press("Send the request")
    senco.sees("Exceptional request: waiting for an answer")


def agree(officer):
    officer.choose("Is an amount agreed?", "Yes")
    officer.page.get_by_label("If so, how much a year?").fill("1,200")
    officer.fill_date("From which day?", dt.date(2027, 1, 1))
    officer.fill("Answer", "Agreed for a year")
    officer.press("Send the answer")
    officer.sees("Agreed")
