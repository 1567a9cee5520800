"""The workbook of a schedule is made as a job: once, whole, and kept (F11)."""

import io

import openpyxl
import pytest

from banding_portal.database.owner import as_who_connected
from banding_portal.jobs import working
from banding_portal.jobs.services import cancel_job
from banding_portal.jobs.states import JobState
from banding_portal.roles import Role
from banding_portal.tasks import work_on_job
from funding.models import Line, ScheduleExport
from funding.selectors.exports import kept_file
from funding.services.exports import start_schedule
from funding.services.publishing import publish_run
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft
from tests.jobs import work_on
from tests.workers import worker_at_step

pytestmark = pytest.mark.django_db
KIND = "funding.scheduleexport"


@pytest.fixture
def period(db):
    set_value()
    for _ in range(3):
        funded_pupil(SchoolFactory())
    return PeriodFactory()


@pytest.fixture
def run(period):
    return draft(period)


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


def made(run, officer) -> ScheduleExport:
    return work_on(start_schedule(run=run, by=officer))


def test_job_keeps_the_workbook_with_what_is_in_it(run, officer):
    export = made(run, officer)
    assert (export.state, export.filename) == (
        JobState.DONE,
        "schedule-2026-autumn-run-1-draft.xlsx",
    )
    assert (export.preview["lines"], export.total) == (3, run.control_total)
    book = openpyxl.load_workbook(io.BytesIO(bytes(export.content)))
    assert "Totals by school" in book.sheetnames


def test_lines_written_are_told(run, officer):
    export, told = start_schedule(run=run, by=officer), []
    working.work_on_job(ScheduleExport, export.pk, lambda *step: told.append(step))
    assert (told[0], told[-1]) == ((0, 3), (3, 3))
    assert told == sorted(told)


def test_second_press_is_the_file_being_made(run, officer):
    first = start_schedule(run=run, by=officer)
    assert start_schedule(run=run, by=person(Role.AUDITOR)) == first
    work_on(first)
    assert start_schedule(run=run, by=officer) != first


def test_files_of_two_runs_are_made_side_by_side(run, officer):
    other = draft(
        PeriodFactory(code="x", start="2027-01-01", end="2027-03-31", count_date="2027-01-15")
    )
    assert start_schedule(run=run, by=officer) != start_schedule(run=other, by=officer)


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_are_one_file(run, officer):
    started = at_once([lambda: start_schedule(run=run, by=officer).pk] * 20)
    assert set(started) == {ScheduleExport.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_make_it_once(run, officer):
    export = start_schedule(run=run, by=officer)
    assert at_once([lambda: work_on_job(KIND, str(export.pk))] * 8) == [None] * 8
    export.refresh_from_db()
    assert (ScheduleExport.objects.get(), export.state) == (export, JobState.DONE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [0, 3])
def test_killed_worker_leaves_the_earlier_file_and_the_next_finishes(run, officer, step):
    earlier = made(run, officer)
    export = start_schedule(run=run, by=officer)
    with worker_at_step(export, step):
        assert work_on(export).state == JobState.WAITING
    assert kept_file(ScheduleExport, run, officer).kept == earlier
    assert work_on(export).state == JobState.DONE
    assert ScheduleExport.objects.get() == export


@pytest.mark.django_db(transaction=True)
def test_cancelled_file_is_not_kept(run, officer):
    earlier = made(run, officer)
    export = start_schedule(run=run, by=officer)
    with worker_at_step(export, 0):
        cancel_job(export, by=officer)
    assert work_on(export).state == JobState.CANCELLED
    assert bytes(export.content) == b""
    assert kept_file(ScheduleExport, run, officer).kept == earlier


def test_new_file_takes_the_place_of_the_one_before(run, officer):
    made(run, officer)
    export = made(run, officer)
    assert ScheduleExport.objects.get() == export


def test_file_that_does_not_add_up_is_refused_and_the_earlier_stays(run, officer):
    earlier = made(run, officer)
    with as_who_connected():
        Line.objects.filter(run=run).update(amount=1)
    export = made(run, officer)
    assert (export.state, bytes(export.content)) == (JobState.REFUSED, b"")
    assert "The file was not made" in export.issues[0]["message"]
    workbook = kept_file(ScheduleExport, run, officer)
    assert (workbook.kept, workbook.newest) == (earlier, export)


def test_file_is_old_once_the_run_was_calculated_again(run, officer):
    made(run, officer)
    assert not kept_file(ScheduleExport, run, officer).is_outdated
    funded_pupil()
    assert kept_file(ScheduleExport, draft(run.period), officer).is_outdated


def test_file_made_before_publishing_is_old_afterwards(period, officer):
    run = checked(period)
    made(run, officer)
    assert not kept_file(ScheduleExport, run, officer).is_outdated
    run = publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))
    assert kept_file(ScheduleExport, run, officer).is_outdated
    made(run, officer)
    assert not kept_file(ScheduleExport, run, officer).is_outdated


@pytest.mark.parametrize("role", [Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE])
def test_files_are_not_for_schools(run, officer, role):
    made(run, officer)
    school = run.lines.first().school
    assert not ScheduleExport.objects.visible_to(person(role, school=school)).exists()


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.MODERATION_LEAD, Role.ADMINISTRATOR])
def test_files_are_not_for_the_rest_of_the_authority(run, officer, role):
    made(run, officer)
    assert not ScheduleExport.objects.visible_to(person(role)).exists()
