"""Days, amounts and answers that nobody can mean are refused, and nobody answers themselves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.change_requests.services import agree_to_change, refuse_change
from banding.collections.life import close_collection, reopen_collection
from banding.collections.services import problems_to_open
from banding.exceptional.rules import problem_of_amount, problem_of_first_day
from banding.exceptional.services import agree_request, ask_for_exception
from banding.frameworks.publishing import retire_framework
from banding.joiners.rules import Told, Unclear, told_before
from banding.joiners.services import place_joiner
from banding.models import ChangeRequest, ExceptionalRequest, Joiner
from banding.panel.rules import problem_of_effect
from banding.panel.services import decide_for_panel
from banding.returns.services import accept_return, extend_deadline, return_for_correction
from banding.roll_over.rules import why_not_to
from banding.rounds.telling import tell_changes
from banding.transfers.services import answer_transfer, name_school
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Membership, Placement, Plan
from tests.banding.helpers import LEVELS, decide, return_with_pupils, senco_of, submitted_return
from tests.banding.test_change_requests import accepted_row, ask
from tests.banding.test_joiners import joiner_on
from tests.factories import CollectionFactory, FrameworkFactory, PupilFactory, SchoolFactory, person

TODAY = timezone.localdate()
TEN_YEARS = dt.timedelta(days=3650)
BORN, SINCE, NOW = dt.date(2016, 3, 1), dt.date(2020, 9, 1), dt.date(2026, 11, 27)


# Pure


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (dt.date(1900, 1, 1), "The pupil was born on 1 March 2016. Enter a later day."),
        (dt.date(2016, 3, 1), "The framework begins on 1 September 2020. Enter that day or a"),
        (dt.date(2020, 9, 1), ""),
        (dt.date(2027, 11, 28), ""),
        (dt.date(2027, 11, 29), "Enter 28 November 2027 or an earlier day."),
    ],
)
def test_from_when_a_band_of_the_panel_may_hold(wanted, problem):
    found = problem_of_effect(wanted, born=BORN, since=SINCE, today=NOW)
    assert found.startswith(problem) if problem else found == ""


def test_band_of_the_panel_ends_with_every_plan():
    found = problem_of_effect(dt.date(2026, 9, 1), born=dt.date(2001, 3, 1), since=SINCE, today=NOW)
    assert found == "No plan goes on after the academic year in which the pupil turns 25."


@pytest.mark.parametrize(
    ("amount", "is_slip"), [(None, False), (Decimal(1_000_000), False), ("1000000.01", True)]
)
def test_amount_beyond_any_provision_is_a_slip(amount, is_slip):
    amount = Decimal(amount) if amount else None
    assert bool(problem_of_amount(amount)) == is_slip


@pytest.mark.parametrize(
    ("first", "is_slip"),
    [
        (dt.date(2016, 2, 29), True),
        (BORN, False),
        (dt.date(2027, 11, 28), False),
        (dt.date(2027, 11, 29), True),
    ],
)
def test_amount_begins_in_the_pupils_life_and_within_a_year(first, is_slip):
    assert bool(problem_of_first_day(first, born=BORN, today=NOW)) == is_slip


@pytest.mark.parametrize(
    ("year", "problem"),
    [
        (2025, "2025-26 is over. Choose 2026-27, which is now, or 2027-28."),
        (2026, ""),
        (2027, ""),
        (2028, "Choose 2026-27, which is now, or 2027-28."),
    ],
)
def test_years_that_are_rolled_over_to(year, problem):
    assert why_not_to(year, NOW) == problem


def test_school_is_not_told_the_upn_of_who_is_coming():
    coming = Told("Kent", "Amy", BORN, "H801200001001", SINCE, "EHCP", "")
    found = told_before(coming._replace(upn=""), [coming])
    assert isinstance(found, Unclear)
    assert "with a UPN" in found.sentence
    assert "H801200001001" not in found.sentence


# With a database

database = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def also_senco(user, school):
    Membership.objects.create(user=user, role=Role.SENCO, school=school)
    return type(user).objects.get(pk=user.pk)


def test_second_senco_neither_sees_nor_overwrites_what_the_first_asked(officer, client, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    pupil_return, (row,) = return_with_pupils()
    both = also_senco(officer, pupil_return.school)
    asked = ask_for_exception(return_pupil=row, reason="A nurse", by=both)
    other = senco_of(pupil_return)
    with pytest.raises(RefusalError, match=f"asked by {both}"):
        ask_for_exception(return_pupil=row, reason="A nurse", by=other)
    client.force_login(other)
    url = reverse("banding:exceptional_create", args=[row.pk])
    client.post(url, {"reason": "A nurse"})
    assert ExceptionalRequest.objects.get().asked_by == both
    with pytest.raises(RefusalError, match="You asked for this yourself"):
        agree_request(request=asked, amount=Decimal(1), starts_on=TODAY, answer="Yes", by=both)


@database
@pytest.mark.parametrize(
    ("amount", "first", "field"),
    [(2_000_000, TODAY, "amount"), (1, dt.date(1900, 1, 1), "starts_on")],
)
def test_slip_is_not_agreed(officer, amount, first, field):
    pupil_return, (row,) = return_with_pupils()
    asked = ask_for_exception(return_pupil=row, reason="A nurse", by=senco_of(pupil_return))
    with pytest.raises(RefusalError) as refused:
        agree_request(
            request=asked, amount=Decimal(amount), starts_on=first, answer="Yes", by=officer
        )
    assert refused.value.field == field


def test_nobody_answers_the_change_they_asked_for(officer):
    row = accepted_row()
    both = also_senco(officer, row.pupil_return.school)
    asked = ask(row, by=both)
    for answer in (
        lambda: agree_to_change(asked=asked, by=both),
        lambda: refuse_change(asked=asked, answer="No", by=both),
    ):
        with pytest.raises(RefusalError, match="You asked for this yourself"):
            answer()


def test_change_asked_for_is_closed_when_the_return_opens_again(officer):
    row = accepted_row()
    asked = ask(row)
    return_for_correction(
        pupil_return=row.pupil_return, by=officer, reason="Look at this pupil once more"
    )
    asked = ChangeRequest.objects.get(pk=asked.pk)
    assert (asked.state, asked.answered_by) == ("refused", officer)
    assert asked.answer == "Your return is open again for correction. Choose the band there."
    with pytest.raises(RefusalError, match="not agreed"):
        agree_to_change(asked=asked, by=officer)


@pytest.fixture
def accepted_and_closed(officer):
    pupil_return, _ = submitted_return()
    accept_return(pupil_return=pupil_return, by=officer)
    close_collection(collection=pupil_return.collection, reason="Over", by=officer)
    return pupil_return


def test_return_of_a_closed_collection_stays_as_it_is(officer, accepted_and_closed):
    with pytest.raises(RefusalError, match="Open it again first"):
        return_for_correction(pupil_return=accepted_and_closed, by=officer, reason="Please")
    accepted_and_closed.refresh_from_db()
    assert accepted_and_closed.state == "accepted"


def test_closed_collection_gives_no_more_time(officer):
    pupil_return, _ = return_with_pupils()
    close_collection(collection=pupil_return.collection, reason="Over", by=officer)
    until = pupil_return.collection.deadline + dt.timedelta(days=7)
    with pytest.raises(RefusalError, match="Open it again first"):
        extend_deadline(pupil_return=pupil_return, until=until, by=officer)


def test_more_time_is_a_year_at_most(officer):
    pupil_return, _ = return_with_pupils()
    with pytest.raises(RefusalError, match="or earlier"):
        extend_deadline(pupil_return=pupil_return, until=TODAY + TEN_YEARS, by=officer)


def test_collection_of_a_retired_framework_is_not_opened_again(officer, accepted_and_closed):
    framework = accepted_and_closed.collection.framework
    retire_framework(framework=framework, by=person(Role.ADMINISTRATOR))
    with pytest.raises(RefusalError, match="is retired: nobody is banded under it"):
        reopen_collection(collection=accepted_and_closed.collection, reason="Again", by=officer)


def test_panel_does_not_band_before_the_birth(officer):
    framework = FrameworkFactory()
    with pytest.raises(RefusalError, match="was born on"):
        decide_for_panel(
            pupil=PupilFactory(), framework=framework, levels=LEVELS,
            band=framework.bands.get(code="B"), difference_reason="", rationale="",
            effective_from=dt.date(1900, 1, 1), by=officer,
        )  # fmt: skip


@pytest.mark.parametrize("year", [0, 99999, 10000])
def test_roll_over_knows_no_such_year(sign_in, settings, db, year):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    assert sign_in(Role.SEND_OFFICER).get(f"/roll-over/{year}/").status_code == 404


def test_joiner_who_is_there_since_later_is_not_placed_twice(officer):
    joiner = joiner_on(return_with_pupils(0)[0])
    later = joiner.joined_on + dt.timedelta(days=5)
    pupil = PupilFactory(school=None)
    Placement.objects.create(pupil=pupil, school=joiner.school, start=later)
    with pytest.raises(RefusalError, match="Correct that placement first"):
        place_joiner(joiner=joiner, pupil=pupil, by=officer)
    pupil.placements.all().delete()
    Plan.objects.filter(pupil=pupil).delete()
    Plan.objects.create(pupil=pupil, plan_type=joiner.plan_type, start=later)
    place_joiner(joiner=joiner, pupil=pupil, by=officer)
    assert Plan.objects.get(pupil=pupil).start == later


def test_whoever_comes_without_a_plan_is_no_joiner(db):
    school = SchoolFactory(low_age=4, high_age=11)
    year = TODAY.year + 1 if TODAY.month >= 9 else TODAY.year
    pupil = PupilFactory(school=school, date_of_birth=dt.date(year - 11, 3, 1))
    placement = Placement.objects.get(pupil=pupil)
    to_school = SchoolFactory()
    first = dt.date(year, 9, 1)
    pupil.plans.update(end=first - dt.timedelta(days=1))
    senco = person(Role.SENCO, school=school)
    transfer = name_school(placement=placement, to_school=to_school, by=senco)
    answer_transfer(transfer=transfer, coming=True, by=person(Role.SENCO, school=to_school))
    assert not Joiner.objects.exists()


def test_days_at_the_end_of_the_calendar_are_refused(db):
    far = dt.date(9999, 12, 31)
    assert problems_to_open(None, ["mainstream"], far, far, far) == [
        "Enter dates between 1900 and 2199."
    ]


def test_file_that_speaks_of_a_pupil_twice_is_refused_at_its_row(db):
    collection = CollectionFactory(kind="round")
    pupil_return, (row,) = return_with_pupils(collection=collection)
    left = TODAY - dt.timedelta(days=1)
    lines = [f"left,{row.pupil.reference},{left:%d/%m/%Y}"] * 2
    content = "\n".join(["change,pupil_id,date", *lines]).encode()
    with pytest.raises(RefusalError, match="Row 2 is about this pupil already"):
        tell_changes(
            pupil_return=pupil_return,
            filename="changes.csv",
            content=content,
            by=senco_of(pupil_return),
        )


def test_answers_changed_since_the_page_was_opened_are_not_declared(client, settings, db):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    pupil_return, (row,) = return_with_pupils()
    senco = senco_of(pupil_return)
    draft = decide(row, senco)
    client.force_login(senco)
    url = reverse("banding:return_submit", args=[pupil_return.pk])
    given = {"seen": client.get(url).context["seen"], "declared": "on"}
    decide(row, senco, code="C", difference_reason="A new report", version=draft.version)
    assert "Somebody has changed an answer" in client.post(url, given).text
    pupil_return.refresh_from_db()
    assert pupil_return.state == "in_progress"
    given["seen"] = client.get(url).context["seen"]
    client.post(url, given)
    pupil_return.refresh_from_db()
    assert pupil_return.state == "submitted"
