"""A run is calculated as a job: once, by one worker, or not at all."""

from decimal import Decimal

import pytest
from pghistory.models import Events

from banding_portal.jobs import working
from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import JobState
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.tasks import work_on_job
from funding.models import Line, Run, RunCalculation
from funding.selectors.line_files import hash_lines
from funding.services.calculations import start_calculation
from funding.services.exceptions import clear_exception
from funding.services.publishing import send_for_checking
from funding.services.runs import STEPS, calculate_run
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft
from tests.jobs import work_on
from tests.workers import worker_at_step

pytestmark = pytest.mark.django_db
KIND = "funding.runcalculation"


@pytest.fixture
def period(db):
    set_value()
    school = SchoolFactory()
    for _ in range(3):
        funded_pupil(school)
    return PeriodFactory()


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


def broken(job, progress):
    calculate_run(period=job.period, by=job.started_by)
    raise RuntimeError("broken")


def test_calculation_makes_the_draft_under_the_name_of_who_asked(period, officer):
    job = work_on(start_calculation(period=period, by=officer))
    run = Run.objects.get()
    assert (job.state, job.run, run.prepared_by) == (JobState.DONE, run, officer)
    assert (run.lines.count(), run.control_total) == (3, Decimal("3660.00"))
    event = Events.objects.tracks(run).order_by("pgh_id").last()
    assert event.pgh_context["user"] == str(officer.pk)


def test_command_and_job_make_the_same_lines(period, officer):
    by_command = calculate_run(period=period, by=None).lines_hash
    assert work_on(start_calculation(period=period, by=officer)).run.lines_hash == by_command


def test_steps_are_told_in_order(period):
    told = []
    calculate_run(period=period, by=None, progress=lambda *step: told.append(step))
    assert told == [(done, len(STEPS)) for done in range(len(STEPS) + 1)]


def test_second_press_is_the_calculation_at_work(period, officer):
    first = start_calculation(period=period, by=officer)
    assert start_calculation(period=period, by=person(Role.FINANCE_OFFICER)) == first
    work_on(first)
    assert start_calculation(period=period, by=officer) != first


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_are_one_calculation(period, officer):
    started = at_once([lambda: start_calculation(period=period, by=officer).pk] * 20)
    assert set(started) == {RunCalculation.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_make_one_run(period, officer):
    job = start_calculation(period=period, by=officer)
    assert at_once([lambda: work_on_job(KIND, str(job.pk))] * 8) == [None] * 8
    job.refresh_from_db()
    assert (job.state, Run.objects.count(), Line.objects.count()) == (JobState.DONE, 1, 3)


def test_worker_that_comes_twice_changes_nothing(period, officer):
    job = work_on(start_calculation(period=period, by=officer))
    before = list(Line.objects.values_list("pk")), job.changed_at
    work_on(job)
    assert (list(Line.objects.values_list("pk")), job.changed_at) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [0, STEPS.index("adjustments"), len(STEPS)])
def test_killed_worker_leaves_the_draft_and_the_next_finishes(period, officer, step):
    lines = draft(period).lines_hash
    funded_pupil()
    job = start_calculation(period=period, by=officer)
    with worker_at_step(job, step):
        assert work_on(job).state == JobState.WAITING
    assert Run.objects.get().lines_hash == lines
    assert work_on(job).state == JobState.DONE
    assert (Line.objects.count(), Run.objects.get().prepared_by) == (4, officer)


def test_failing_calculation_keeps_the_draft_and_has_a_reference(period, officer, monkeypatch):
    run = draft(period)
    funded_pupil()
    monkeypatch.setattr(RunCalculation, "work", broken)
    job = work_on(start_calculation(period=period, by=officer))
    assert (job.state, len(job.reference), job.run) == (JobState.FAILED, 8, None)
    now = Run.objects.get()
    assert (now.lines_hash, now.prepared_by, Line.objects.count()) == (
        run.lines_hash,
        run.prepared_by,
        3,
    )


@pytest.mark.django_db(transaction=True)
def test_calculation_that_kills_every_worker_is_given_up(period, officer, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(job, progress):
        raise Killed

    monkeypatch.setattr(RunCalculation, "work", dies)
    job = start_calculation(period=period, by=officer)
    for _ in range(working.MAX_ATTEMPTS):
        with pytest.raises(Killed):
            work_on(job)
    assert work_on(job).state == JobState.FAILED
    assert start_calculation(period=period, by=officer) != job


@pytest.mark.django_db(transaction=True)
def test_cancelled_calculation_keeps_the_draft(period, officer):
    lines = draft(period).lines_hash
    funded_pupil()
    job = start_calculation(period=period, by=officer)
    with worker_at_step(job, 1):
        cancel_job(job, by=officer)
        job.refresh_from_db()
        assert job.at_work
    assert work_on(job).state == JobState.CANCELLED
    assert Run.objects.get().lines_hash == lines


def test_run_being_checked_is_not_started(period, officer):
    checked(period)
    with pytest.raises(RefusalError, match="This run is being checked"):
        start_calculation(period=period, by=officer)
    assert not RunCalculation.objects.exists()


def test_run_sent_meanwhile_is_not_calculated(period, officer):
    job = start_calculation(period=period, by=officer)
    draft(period)
    Run.objects.update(state="checked", sent_by=officer, sent_at=job.started_at)
    work_on(job)
    assert (job.state, job.run) == (JobState.REFUSED, None)
    assert [issue["message"] for issue in job.issues] == [
        "This run is being checked. Send it back before you calculate it again."
    ]


def test_run_being_calculated_is_neither_sent_nor_cleared(period, officer):
    funded_pupil(code=None)
    run = draft(period)
    job = start_calculation(period=period, by=officer)
    with pytest.raises(RefusalError, match="This run is being calculated"):
        send_for_checking(run=run, by=officer)
    exception = run.exceptions.get()
    with pytest.raises(RefusalError, match="This run is being calculated"):
        clear_exception(exception=exception, reason="Known", by=officer)
    work_on(job)
    with pytest.raises(RefusalError, match="The run was calculated again"):
        clear_exception(exception=exception, reason="Known", by=officer)
    clear_exception(exception=run.exceptions.get(), reason="Known", by=officer)
    assert send_for_checking(run=run, by=officer).state == "checked"


@pytest.mark.django_db(transaction=True)
def test_calculating_and_sending_at_once_leaves_what_was_sent_whole(period, officer):
    """Whoever is first: a run that was sent holds the lines it was sent with."""
    run = draft(period)
    funded_pupil()
    at_once(
        [
            lambda: work_on(start_calculation(period=period, by=officer)),
            lambda: send_for_checking(run=run, by=officer),
        ]
    )
    now, job = Run.objects.get(), RunCalculation.objects.first()
    assert now.lines_hash == hash_lines(now.pk)
    done = job is not None and job.state == JobState.DONE
    assert (now.state, now.lines.count()) in {("checked", 3 + done), ("draft", 4)}
