"""Changes told out of a file, all or none (interfaces.md, B10)."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from banding.models import BandDecision, Joiner, ReturnPupil
from banding_portal.commands import RefusedCommandError
from tests.banding.helpers import senco_of
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db
HEADINGS = "change,pupil_id,surname,forename,date_of_birth,date,plan_type,reason,band,cl,ci"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def pupils(school):
    return [pupil_at(school) for _ in range(3)]


@pytest.fixture
def collection(pupils, today):
    return open_round(reference=today)


def report(tmp_path, collection, school, *rows, **options):
    file, out = tmp_path / "changes.csv", StringIO()
    file.write_text("\n".join([HEADINGS, *rows]))
    by = options.pop("by", None) or senco_of(return_of(collection, school))
    words = ["--collection", collection.code, "--urn", school.urn, "--user", by.email, "--json"]
    try:
        call_command("report_change", str(file), *words, stdout=out)
    except RefusedCommandError:
        return json.loads(out.getvalue())["problems"]
    return json.loads(out.getvalue())


def test_each_change_goes_through_the_service_of_its_page(
    tmp_path, collection, school, pupils, today
):
    left, stays, other = pupils
    told = report(
        tmp_path,
        collection,
        school,
        f"joiner,,Quill,Ada,2018-02-03,{today},EHCP,,,,",
        f"left,{left.reference},,,,{today},,,,,",
        f"staying on,{stays.reference},,,,,,No place yet,,,",
        f"band,{other.reference},,,,,,,C,3,1",
    )
    assert told == {"joiners": 1, "leavers": 1, "staying": 1, "changes": 1, "problems": []}
    assert Joiner.objects.get().surname == "Quill"
    assert row_of(collection, left).change_date == today
    assert row_of(collection, stays).change_reason == "No place yet"
    draft = BandDecision.objects.get(return_pupil=row_of(collection, other))
    assert (draft.state, draft.band.code, draft.suggested_band.code) == ("draft", "C", "C")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("joined,,Quill,Ada,2018-02-03,{next_year},EHCP,,,,", "must be on or before"),
        ("joined,,Quill,Ada,2018-02-03,{today},,,,,", "This cell is blank"),
        ("left,{pupil},,,,2020-01-01,,,,,", "must be on or after"),
        ("left,999-none,,,,{today},,,,,", "No pupil with this reference"),
        ("staying on,{pupil},,,,,,,,,", "This cell is blank"),
        ("band,{pupil},,,,,,,F,3,1", "has the bands A, B, C"),
        ("band,{pupil},,,,,,,C,9,1", "has no level cl 9"),
        ("gone,{pupil},,,,,,,,,", ""),
    ],
)
def test_file_with_one_wrong_row_changes_nothing(
    tmp_path, collection, school, pupils, today, row, said
):
    later = today + dt.timedelta(days=500)
    wrong = row.format(today=today, next_year=later, pupil=pupils[0].reference)
    right = f"left,{pupils[1].reference},,,,{today},,,,,"
    (problem,) = report(tmp_path, collection, school, right, wrong)
    assert problem["row"] == 3
    assert said in problem["message"]
    assert not ReturnPupil.objects.exclude(change="").exists()
    assert not Joiner.objects.exists()


def test_closed_round_takes_nothing(tmp_path, collection, school, pupils, today):
    collection.opens_on = today - dt.timedelta(days=2)
    collection.deadline = today - dt.timedelta(days=1)
    collection.save()
    row = f"left,{pupils[0].reference},,,,{today},,,,,"
    (problem,) = report(tmp_path, collection, school, row)
    assert problem.startswith("The deadline was")
    assert row_of(collection, pupils[0]).change == ""


def test_only_a_senco_of_the_school_tells(tmp_path, collection, school, pupils, member_elsewhere):
    (problem,) = report(tmp_path, collection, school, "left,x,,,,,,,,,", by=member_elsewhere)
    assert "is not a SENCO" in problem


@pytest.fixture
def member_elsewhere(db):
    return person("senco", school=SchoolFactory())
