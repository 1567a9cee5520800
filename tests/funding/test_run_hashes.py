"""The hashes a run keeps (F7): anyone can repeat the lines', the inputs' notices a change."""

import datetime as dt
import hashlib
import io

import pytest
from django.apps import apps

from banding_portal.roles import Role
from funding.models import BandValue
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.line_files import write_lines
from funding.services.exceptions import clear_exceptions
from funding.services.runs import calculate_run
from schools.models import Placement, Pupil
from tests.factories import PeriodFactory, person
from tests.funding.funded import agree, funded_pupil, set_value

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 31)


@pytest.fixture
def pupil(db):
    set_value()
    return funded_pupil()


@pytest.fixture
def run(pupil):
    return calculate_run(period=PeriodFactory(), by=None)


def test_lines_hash_is_that_of_the_written_file(run):
    written = io.BytesIO()
    write_lines(run.pk, written)
    assert run.lines_hash == hashlib.sha256(written.getvalue()).hexdigest()
    assert written.getvalue().count(b"\n") == 2


def test_calculating_again_gives_the_same_run(run):
    line = run.lines.get()
    again = calculate_run(period=run.period, by=None)
    assert (again.inputs_hash, again.lines_hash) == (run.inputs_hash, run.lines_hash)
    assert again.lines.get().pk == line.pk


@pytest.mark.parametrize(
    "change",
    [
        lambda pupil: pupil.placements.update(end=dt.date(2026, 12, 1)),
        lambda pupil: pupil.plans.update(plan_type="SEN_SUPPORT"),
        lambda pupil: agree(pupil, "C"),
        lambda pupil: pupil.decisions.update(state="superseded"),
        lambda pupil: type(pupil).objects.update(responsible_la="998"),
        lambda pupil: pupil.former_facts.create(kind="responsible_la", value="998", until=DAY),
        lambda pupil: pupil.placements.get().school.former_sectors.create(
            sector="special", until=DAY
        ),
        lambda pupil: BandValue.objects.update(annual_value=None),
        lambda pupil: set_value(sector="special"),
    ],
    ids=[
        "placement",
        "plan",
        "band",
        "superseded",
        "authority",
        "authority then",
        "sector then",
        "value",
        "new value",
    ],
)
def test_inputs_hash_notices_a_change(change, run, pupil):
    assert not inputs_have_changed(run)
    change(pupil)
    assert inputs_have_changed(run)


def test_what_starts_after_the_period_is_no_input(run, pupil):
    agree(pupil, "C", run.period.end + dt.timedelta(days=1))
    assert not inputs_have_changed(run)


def test_clearing_is_audited_and_calculating_is_not(db):
    set_value()
    funded_pupil(code=None)
    run = calculate_run(period=PeriodFactory(), by=None)
    events = apps.get_model("funding", "RunExceptionEvent").objects
    assert events.count() == 0
    by = person(Role.FINANCE_OFFICER)
    clear_exceptions(run=run, kind="no_agreed_band", reason="With panel.", by=by)
    assert [event.cleared_reason for event in events.all()] == ["With panel."]


def test_inputs_are_read_again_only_where_something_was_recorded(run, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not inputs_have_changed(run)
    Placement.objects.update(end=dt.date(2026, 11, 30))
    assert inputs_have_changed(run)
    with django_assert_num_queries(1):  # found out once
        assert inputs_have_changed(run)


def test_what_changes_no_input_is_told_apart_once(run, django_assert_num_queries):
    pupil = Pupil.objects.first()
    pupil.surname = "Another"
    pupil.save()
    assert not inputs_have_changed(run)
    with django_assert_num_queries(1):
        assert not inputs_have_changed(run)
