"""Changes told out of a file, all or none (interfaces.md, B10)."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from banding.collections.life import close_collection
from banding.models import BandDecision, Joiner, Leaver, ReturnPupil
from banding.returns.services import accept_return, confirm_nothing_to_tell
from banding.rounds.telling import ON_ITS_PAGE, TO_STAY
from banding_portal.commands import RefusedCommandError
from banding_portal.roles import Role
from schools.models import School
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
    counts = {"joiners": 1, "leavers": 1, "staying": 1, "changes": 1}
    assert told == {**counts, "in_return": True, "problems": []}
    assert Joiner.objects.get().surname == "Quill"
    assert row_of(collection, left).change_date == today
    assert row_of(collection, stays).change_reason == "No place yet"
    draft = BandDecision.objects.get(return_pupil=row_of(collection, other))
    assert (draft.state, draft.band.code, draft.suggested_band.code) == ("draft", "C", "C")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("joined,,Quill,Ada,2018-02-03,{next_year},EHCP,,,,", "must be on or before"),
        ("joined,,Quill,Ada,2018-02-03,{today},,,,,", "Enter the plan:"),
        ("left,{pupil},,,,2020-01-01,,,,,", "must be on or after"),
        ("left,999-none,,,,{today},,,,,", "No pupil with this reference"),
        ("staying on,{pupil},,,,,,,,,", "Enter the reason"),
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


def past(collection):
    """The deadline was yesterday."""
    collection.opens_on = timezone.localdate() - dt.timedelta(days=2)
    collection.deadline = timezone.localdate() - dt.timedelta(days=1)
    collection.save()


def accepted(collection):
    pupil_return = return_of(collection, School.objects.get())
    confirm_nothing_to_tell(pupil_return=pupil_return, by=senco_of(pupil_return))
    accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))


def shut(collection):
    past(collection)
    by = person(Role.SEND_OFFICER)
    close_collection(collection=collection, reason="It is over", by=by)


@pytest.mark.parametrize("close", [past, accepted, shut])
def test_joiners_and_leavers_are_told_outside_a_return_that_cannot_change(
    tmp_path, collection, school, pupils, today, close
):
    close(collection)
    told = report(
        tmp_path,
        collection,
        school,
        f"joined,,Quill,Ada,2018-02-03,{today},EHCP,,,,",
        f"left,{pupils[0].reference},,,,{today},,,,,",
    )
    counts = {"joiners": 1, "leavers": 1, "staying": 0, "changes": 0}
    assert told == {**counts, "in_return": False, "problems": []}
    assert Joiner.objects.get().school == school
    leaver = Leaver.objects.get()
    assert (leaver.pupil, leaver.left_on, leaver.state) == (pupils[0], today, "waiting")
    assert row_of(collection, pupils[0]).change == ""


def test_what_is_told_outside_is_said_so(tmp_path, collection, school, pupils, today):
    past(collection)
    file, out = tmp_path / "changes.csv", StringIO()
    file.write_text(f"{HEADINGS}\nleft,{pupils[0].reference},,,,{today},,,,,")
    by = senco_of(return_of(collection, school))
    words = ["--collection", collection.code, "--urn", school.urn, "--user", by.email]
    call_command("report_change", str(file), *words, stdout=out)
    assert out.getvalue().strip() == (
        "Reported: 0 joiners, 1 leavers, 0 staying, 0 changes. "
        "The return can no longer change, so an officer deals with these separately."
    )


@pytest.mark.parametrize(
    "row", ["staying on,{pupil},,,,,,No place yet,,,", "band,{pupil},,,,,,,C,3,1"]
)
def test_others_are_refused_past_the_deadline_with_a_way(
    tmp_path, collection, school, pupils, today, row
):
    past(collection)
    left = f"left,{pupils[1].reference},,,,{today},,,,,"
    (problem,) = report(tmp_path, collection, school, left, row.format(pupil=pupils[0].reference))
    assert problem["row"] == 3
    assert problem["message"].startswith("The deadline was")
    assert problem["message"].endswith("Ask the authority for more time if you need it.")
    assert not Leaver.objects.exists()


@pytest.mark.parametrize(
    ("row", "way"),
    [
        ("staying on,{pupil},,,,,,No place yet,,,", TO_STAY),
        ("band,{pupil},,,,,,,C,3,1", ON_ITS_PAGE),
    ],
)
def test_others_are_refused_on_an_accepted_return_with_a_way(
    tmp_path, collection, school, pupils, row, way
):
    accepted(collection)
    (problem,) = report(tmp_path, collection, school, row.format(pupil=pupils[0].reference))
    assert problem["message"] == (
        f"The authority has accepted this return. It cannot change now. {way}"
    )


def test_leaver_outside_is_of_the_school_and_named_once(
    tmp_path, collection, school, pupils, today
):
    past(collection)
    elsewhere = pupil_at(SchoolFactory())
    rows = [f"left,{each.reference},,,,{today},,,,," for each in (pupils[0], elsewhere, pupils[0])]
    problems = report(tmp_path, collection, school, *rows)
    assert [(each["row"], each["message"]) for each in problems] == [
        (3, "No pupil with this reference is on the return or placed at the school."),
        (4, "Row 2 is about this pupil already."),
    ]
    assert not Leaver.objects.exists()


def test_only_a_senco_of_the_school_tells(tmp_path, collection, school, pupils, member_elsewhere):
    (problem,) = report(tmp_path, collection, school, "left,x,,,,,,,,,", by=member_elsewhere)
    assert "is not a SENCO" in problem


@pytest.fixture
def member_elsewhere(db):
    return person("senco", school=SchoolFactory())
