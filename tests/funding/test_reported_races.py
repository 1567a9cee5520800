"""A report at the same moment as a calculation is in the run, or the run says it changed (B12)."""

import datetime as dt

import pytest

from banding.joiners.services import add_joiner, place_joiner
from banding.returns.services import accept_return, submit_return
from banding_portal.roles import Role
from funding.models import Run
from funding.selectors.fingerprints import inputs_have_changed
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.banding.races import at_once
from tests.factories import PeriodFactory, ReturnFactory, ReturnPupilFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.reporting import joiner_of, report_of

pytestmark = pytest.mark.django_db(transaction=True)
LEFT_ON = dt.date(2026, 11, 17)
TIMES = 5


@pytest.fixture
def autumn(db):
    set_value()
    return PeriodFactory()


def calculation(period, by=None):
    return lambda: calculate_run(period=period, by=by)


def kinds_of(run) -> list[str]:
    return sorted(run.exceptions.values_list("kind", flat=True))


def test_submission_and_calculation_at_once(autumn):
    for _ in range(TIMES):
        pupil = funded_pupil()
        pupil_return = ReturnFactory(school=pupil.placements.get().school)
        ReturnPupilFactory(
            pupil_return=pupil_return, pupil=pupil, change="left", change_date=LEFT_ON
        )
        by = person(Role.SENCO, school=pupil_return.school)
        before = kinds_of(calculate_run(period=autumn, by=None))

        def submit(pupil_return=pupil_return, by=by):
            return submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")

        submitted, run = at_once([submit, calculation(autumn)])
        assert (submitted.state, run.state) == ("submitted", "draft")
        assert kinds_of(run) == [*before, "left"] or inputs_have_changed(run)
        again = calculate_run(period=autumn, by=None)
        assert (kinds_of(again), inputs_have_changed(again)) == ([*before, "left"], False)


def test_acceptance_and_calculation_at_once(autumn):
    """Never neither: paid to the end and no exception, and nobody told."""
    by = person(Role.SEND_OFFICER)
    for _ in range(TIMES):
        pupil = funded_pupil()
        pupil_return = report_of(pupil, "left", LEFT_ON)

        def accept(pupil_return=pupil_return):
            return accept_return(pupil_return=pupil_return, by=by)

        accepted, run = at_once([accept, calculation(autumn)])
        assert accepted.state == "accepted"
        ends_there = run.lines.get(pupil=pupil).end == LEFT_ON
        told = run.exceptions.filter(pupil=pupil).exists()
        assert (ends_there and not told) or inputs_have_changed(run)
        again = calculate_run(period=autumn, by=None)
        assert (again.lines.get(pupil=pupil).end, kinds_of(again)) == (LEFT_ON, [])


def test_joiner_told_or_placed_and_calculation_at_once(autumn):
    by = person(Role.SEND_OFFICER)
    for number in range(TIMES):
        pupil_return = ReturnFactory()
        facts = {"forename": f"Ines {number}", "date_of_birth": dt.date(2018 - number, 5, 4)}
        waiting = joiner_of(ReturnFactory(), LEFT_ON, surname=f"Placed{number}", **facts)
        senco = person(Role.SENCO, school=pupil_return.school)

        def tell(pupil_return=pupil_return, senco=senco, facts=facts):
            told = {"surname": "Told", "joined_on": LEFT_ON, "plan_type": "EHCP"}
            return add_joiner(pupil_return=pupil_return, by=senco, **told, **facts)

        def place(waiting=waiting):
            return place_joiner(joiner=waiting, pupil=None, by=by)

        told, placed, run = at_once([tell, place, calculation(autumn)])
        assert (told.state, placed.state) == ("waiting", "placed")
        reported = set(run.exceptions.values_list("joiner", flat=True))
        is_whole = told.pk in reported and waiting.pk not in reported
        assert is_whole or inputs_have_changed(run)
        again = calculate_run(period=autumn, by=None).exceptions
        assert again.filter(joiner=told.pk).count() == 1
        assert again.filter(joiner=waiting.pk).count() == 0
        assert again.filter(pupil=placed.pupil, kind="no_agreed_band").count() == 1


def test_report_and_publication_at_once(autumn):
    """What is published stays as it was calculated; the next run has the exception."""
    pupil = funded_pupil()
    officer = person(Role.FINANCE_OFFICER)
    run = send_for_checking(run=calculate_run(period=autumn, by=officer), by=officer)
    published, _ = at_once(
        [
            lambda: publish_run(run=run, by=person(Role.FINANCE_AUTHORISER)),
            lambda: report_of(pupil, "left", LEFT_ON),
        ]
    )
    assert (published.state, kinds_of(published)) == ("published", [])
    following = calculate_run(period=autumn, by=officer)
    assert (following.lines.count(), kinds_of(following)) == (0, ["left"])
    assert Run.objects.count() == 2
