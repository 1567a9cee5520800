"""The main job of each person with the keyboard alone, and what a screen reader is given of it."""

import pytest

from banding.models import BandDecision, Return
from banding.returns.services import submit_return
from banding_portal.roles import Role
from funding.models import Run
from moderation.models import Outcome
from schools.models import School, User
from tests.banding.helpers import decide
from tests.browser.files import Template
from tests.browser.keyboard import Keyboard
from tests.browser.spoken import compare
from tests.factories import CollectionFactory, PeriodFactory, QuadrantFactory, SchoolFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked
from tests.moderation.world import decided, given_case

INVITATION = [("Name", "Nia Coe"), ("Email address", "nia@example.org"), ("Role", "SEND")]
JUDGEMENT = [("Level 0", "Level 2"), ("Level 0", "Level 2"), ("Band A", "Band B"), ("Sure", "Sure")]


@pytest.fixture
def keyboard(visit):
    def _keyboard(user) -> Keyboard:
        found = Keyboard(visit())
        found.sign_in(user.email)
        return found

    return _keyboard


def test_a_senco_bands_and_uploads(keyboard, senco, row, worker):
    keys = keyboard(senco)
    keys.hears("Home", below="RootWebArea")
    band(keys)
    assert BandDecision.objects.get().band.code == "A"
    keys.visitor.go(f"/returns/{row.pupil_return.pk}/")
    template = download(keys).decide("Adair", "2", "B")
    upload(keys, template.content)
    assert BandDecision.objects.get().band.code == "B"
    compare("senco", keys.heard)


def band(keys: Keyboard) -> None:
    """From home on to the first pupil."""
    keys.follow("See your list")
    keys.hears("The return")
    keys.follow("Start with Amira Adair")
    keys.hears("The decision")
    keys.band_by_numbers("1", "1")


def download(keys: Keyboard) -> Template:
    keys.tab_to("Or work in Excel")
    keys.press("Enter")
    keys.tab_to("Download the template")
    with keys.page.expect_download() as caught:
        keys.press("Enter")
    return Template(caught.value.path().read_bytes())


def upload(keys: Keyboard, content: bytes) -> None:
    keys.follow("Upload a filled-in template")
    keys.hears("The upload")
    keys.tab_to("Your filled-in template")
    with keys.page.expect_file_chooser() as chooser:
        keys.press("Enter")
    kind = "application/octet-stream"
    chooser.value.set_files({"name": "a.xlsx", "mimeType": kind, "buffer": content})
    keys.follow("Upload and check")
    keys.visitor.wait_for_job()
    keys.hears("The preview")
    keys.follow("Apply these decisions")
    keys.visitor.wait_for_job()


def test_a_moderator_judges(keyboard, member):
    moderator = member(Role.MODERATOR, quadrant=QuadrantFactory())
    given_case(decided(CollectionFactory(), SchoolFactory()), moderator)
    keys = keyboard(moderator)
    keys.hears("Home")
    keys.follow("Judge the next case")
    keys.hears("The case")
    for first, chosen in JUDGEMENT:
        keys.pick(first, chosen)
    keys.follow("Lock my judgement")
    keys.hears("The comparison")
    keys.follow("Uphold Band B")
    keys.follow("Uphold the band")
    assert Outcome.objects.get().kind == "upheld"
    compare("moderator", keys.heard)


def test_a_headteacher_submits(keyboard, member, row):
    decide(row, code="B")
    keys = keyboard(member(Role.HEADTEACHER, school=row.pupil_return.school, name="Hedda Teach"))
    keys.hears("Home")
    keys.follow("Check answers and submit")
    keys.hears("The answers")
    keys.follow("Continue to the declaration")
    keys.hears("The declaration")
    keys.tab_to("I, ")
    keys.press("Space")
    keys.follow("Submit the return")
    keys.hears("The confirmation")
    assert Return.objects.get().state == "submitted"
    compare("headteacher", keys.heard)


def test_an_officer_accepts(keyboard, member, senco, row):
    School.objects.update(name="Ash School")
    senco.name = "Sam Carter"
    senco.save()
    decide(row, senco, code="B")
    submit_return(pupil_return=row.pupil_return, by=senco, declared_name="Sam Carter")
    keys = keyboard(member(Role.SEND_OFFICER))
    keys.hears("Home")
    keys.follow("Read the returns")
    keys.hears("The returns")
    keys.tab_to("Ash School")  # The box of its row.
    keys.follow("Ash School")
    keys.hears("The return")
    keys.follow("Accept the return")
    assert Return.objects.get().state == "accepted"
    compare("officer", keys.heard)


def test_an_administrator_invites(keyboard, member):
    keys = keyboard(member(Role.ADMINISTRATOR, name="Ada Min", email="ada@example.org"))
    keys.hears("Home")
    keys.follow("People")
    keys.hears("The people")
    keys.follow("Invite a person")
    keys.hears("The invitation")
    for field, typed in INVITATION:
        keys.type_into(field, typed)
    keys.follow("Send the invitation")
    assert User.objects.get(email="nia@example.org").has_role(Role.SEND_OFFICER)
    compare("administrator", keys.heard)


def test_an_authoriser_publishes(keyboard, member):
    set_value()
    funded_pupil()
    checked(PeriodFactory())
    keys = keyboard(member(Role.FINANCE_AUTHORISER))
    keys.hears("Home")
    keys.follow("Check the run")
    keys.hears("The run")
    keys.follow("Publish")
    keys.hears("Before publishing")
    keys.follow("Publish this run")
    assert Run.objects.get().state == "published"
    compare("authoriser", keys.heard)
