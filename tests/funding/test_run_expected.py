"""F12: the run in PostgreSQL gives every line of the four whole caseloads, to the penny."""

import io

import pytest
from django.core.management import call_command

from funding.choices import LineKind
from funding.models import Period
from funding.selectors.line_files import write_lines
from funding.selectors.verifying import verify
from funding.services.runs import calculate_run
from tests.funding.sample_rows import load_sample, load_sample_calendar
from tests.shared_data import SHARED_DATA, needs_shared_data

CALENDARS = {"daily": "calendar_2026-27.json", "whole": "calendar_2026-27_whole_period.json"}
SCHOOL_DAYS = "calendar_2026-27_school_days.json"

pytestmark = [needs_shared_data, pytest.mark.django_db]


@pytest.fixture(scope="module")
def _sample(django_db_setup, django_db_blocker):
    """The sample caseload, loaded once for the tests of this module and taken away again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_sample()
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("_sample")
@pytest.mark.parametrize("calendar", ["daily", "whole"])
@pytest.mark.parametrize("code", ["2026-autumn", "2027-spring"])
def test_first_run_equals_the_expected_file(code, calendar, settings):
    settings.LA_CODE = "881"
    load_sample_calendar(CALENDARS[calendar])
    run = calculate_run(period=Period.objects.get(code=code), by=None)
    written = io.BytesIO()
    write_lines(run.pk, written)
    expected = (SHARED_DATA / f"topup_expected_{code}_{calendar}.csv").read_text(encoding="utf-8")
    assert written.getvalue().decode().splitlines() == expected.splitlines()
    assert not run.lines.exclude(kind__in=[LineKind.ALLOCATION, LineKind.OTHER_LA]).exists()


@pytest.mark.usefixtures("_sample")
def test_run_by_school_days_equals_the_expected_file(settings):
    settings.LA_CODE = "881"
    load_sample_calendar(SCHOOL_DAYS)
    call_command("load_school_days", str(SHARED_DATA / "school_days_2026-27.csv"), "--json")
    run = calculate_run(period=Period.objects.get(code="2026-autumn"), by=None)
    written = io.BytesIO()
    write_lines(run.pk, written)
    expected = SHARED_DATA / "topup_expected_2026-autumn_school_days.csv"
    assert written.getvalue().decode().splitlines() == expected.read_text("utf-8").splitlines()
    assert verify(run).differences == ()
