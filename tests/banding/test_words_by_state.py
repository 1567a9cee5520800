"""What pages say of a return by its state, and of a collection once it is closed (B7, B10, B13)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.collections.life import close_collection
from banding.models import Framework
from banding.returns.progress import line_of
from banding.returns.services import accept_return, confirm_nothing_to_tell, submit_return
from banding_portal.roles import Role
from tests.banding.helpers import decide, senco_of
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.banding.test_evidence import FIELDS, GIVEN
from tests.factories import FrameworkFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
OCTOBER = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
YEAR_5 = dt.date(2016, 10, 1)


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel(OCTOBER, tick=False):
        yield


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def page_of(client, user, name, pk):
    client.force_login(user)
    return flat(client.get(reverse(f"banding:{name}", args=[pk])).text)


def confirmed(school, officer=None):
    """A round on which the school has told nothing, accepted where an officer is given."""
    pupil_return = return_of(open_round(), school)
    confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))
    if officer:
        accept_return(pupil_return=pupil_return, by=officer)
    pupil_return.refresh_from_db()
    return pupil_return


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("authority", "entered by the authority, in effect from 1 September 2025"),
        ("panel", "decided by the panel on 20 October 2026"),
        ("school", "decided by the school on 20 October 2026"),
    ],
)
def test_who_carries_on_does_so_with_a_band(client, school, officer, source, said):
    pupil = pupil_at(school, date_of_birth=YEAR_5, source=source)
    pupil_return = confirmed(school, officer)
    row = row_of(pupil_return.collection, pupil)
    for user in (senco_of(pupil_return), officer):
        page = page_of(client, user, "decision_edit", row.pk)
        assert f"Carries on with {line_of(row).rolled.band}, {said}." in page
        assert "Not decided yet" not in page


def test_joiners_part_says_what_the_state_allows(client, school, officer):
    pupil_at(school, date_of_birth=YEAR_5)
    pupil_return = confirmed(school)
    senco = senco_of(pupil_return)
    can_take_it = "can take this return back to choose a band"
    assert can_take_it in page_of(client, senco, "return_detail", pupil_return.pk)
    accept_return(pupil_return=pupil_return, by=officer)
    page = page_of(client, senco, "return_detail", pupil_return.pk)
    assert can_take_it not in page
    assert "This return is accepted: to choose a band, ask the authority to open it again." in page


@pytest.fixture
def applying(school):
    """The row of a pupil at SEN Support, in a round whose framework asks for evidence."""
    FrameworkFactory()
    Framework.objects.update(evidence=FIELDS)
    pupil = pupil_at(school, band="", plan_type="SEN_SUPPORT", date_of_birth=YEAR_5)
    return row_of(open_round(), pupil)


def test_list_of_a_submitted_round_asks_nothing(client, applying):
    pupil_return = applying.pupil_return
    senco = senco_of(pupil_return)
    assert "Please tell us (1)" in page_of(client, senco, "return_detail", pupil_return.pk)
    decide(applying, senco, evidence=GIVEN)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Sam Carter")
    page = page_of(client, senco, "return_detail", pupil_return.pk)
    assert "Please tell us" not in page
    assert "Had no band before (1)" in page


APPLY = "Apply for a pupil at SEN Support</a> who is not funded yet"


def test_application_that_lacks_evidence_says_so_and_leads_there(client, applying):
    pupil_return = applying.pupil_return
    senco = senco_of(pupil_return)
    decide(applying, senco)
    there = f"{reverse('banding:decision_edit', args=[applying.pk])}#evidence"
    check = page_of(client, senco, "return_check", pupil_return.pk)
    assert "1 application still needs evidence of provision." in check
    assert "still needs a band" not in check
    lists = page_of(client, senco, "return_detail", pupil_return.pk)
    grid = page_of(client, senco, "return_grid", pupil_return.pk)
    assert "An application at SEN Support also needs evidence of provision" in grid
    for page in (lists, grid):
        assert "Needs evidence" in page
        assert "Add evidence" in page
    assert all(there in page for page in (check, lists, grid))
    assert 'id="evidence"' in page_of(client, senco, "decision_edit", applying.pk)


def test_application_without_a_band_lacks_that_first(client, applying):
    decide(applying, senco_of(applying.pupil_return), code=None)
    line = line_of(applying)
    assert (line.status, line.lacks_evidence) == ("draft", False)
    page = page_of(
        client, senco_of(applying.pupil_return), "return_check", applying.pupil_return_id
    )
    assert "1 pupil still needs a band." in page


def test_advice_to_apply_stays_when_one_has_begun(client, school, applying):
    pupil_return = applying.pupil_return
    senco = senco_of(pupil_return)
    assert APPLY in page_of(client, senco, "return_detail", pupil_return.pk)
    decide(applying, senco)
    page = page_of(client, senco, "return_detail", pupil_return.pk)
    assert APPLY in page
    assert "with SEN Support as the plan" not in page


def test_closed_collection_says_so_and_offers_nothing_that_cannot_be_done(client, school, officer):
    pupil_at(school, date_of_birth=YEAR_5)
    collection = open_round()
    pupil_return = return_of(collection, school)
    close_collection(collection=collection, by=officer, reason="Done")
    extend = reverse("banding:return_extend", args=[pupil_return.pk])
    for name, pk in (
        ("collection_detail", collection.pk),
        ("collection_returns", collection.pk),
        ("reminder_list", collection.pk),
        ("return_detail", pupil_return.pk),
    ):
        page = page_of(client, officer, name, pk)
        assert "in 41 days" not in page
        assert "Schools to chase" not in page
        assert "more time" not in page.lower()
        assert extend not in page
        assert "Planned<" not in page.replace("Planned for", "")
    assert "Closed on 20 October 2026" in page
    assert "Closed on 20 October 2026" in page_of(
        client, officer, "collection_detail", collection.pk
    )
    assert "No more reminders are sent" in page_of(client, officer, "reminder_list", collection.pk)
    response = client.get(extend, follow=True)
    assert "is closed. Open it again first." in flat(response.text)
    assert 'name="reason"' not in response.text
