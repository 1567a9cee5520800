"""What a caseload brings in, what a second one changes, and what it leaves alone (B4, B5, S5)."""

import datetime as dt
import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banding.caseload.services import import_caseload
from banding.choices import DecisionSource, DecisionState
from banding.collections.services import sync_return_pupils
from banding.models import Band, BandDecision
from banding_portal.commands import RefusedCommandError
from banding_portal.roles import Role
from schools.choices import Sector
from schools.models import Placement, Plan, Pupil
from schools.services.register import import_register
from tests.banding.caseload_files import HEADINGS, as_csv, as_xlsx, caseload_row, upn
from tests.banding.test_caseload_faults import run
from tests.factories import (
    CollectionFactory,
    FrameworkFactory,
    PupilFactory,
    SchoolFactory,
    person,
)
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
COUNTS = ("rows", "pupils", "placements", "plans", "agreed_bands")
CHANGED = ("created", "updated", "unchanged")


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    SchoolFactory(urn="900002", name="Beech Special School")
    FrameworkFactory()


def told(*rows, **file):
    result = run(as_csv(rows), **file)
    assert result.issues == []
    return result.preview


def counts(*rows):
    found = told(*rows)["counts"]
    return tuple(found[key] for key in CHANGED)


def dates(model):
    return list(model.objects.order_by("start").values_list("start", "end"))


def bands():
    """Framework's band, date and state of each decision, in the order they were entered."""
    found = BandDecision.objects.order_by("submitted_at", "effective_from")
    return [(str(d.band.code), str(d.effective_from), d.state) for d in found]


def test_import_makes_the_pupil_with_placement_plan_and_band():
    by = person(Role.SEND_OFFICER)
    import_caseload(lambda *_: None, filename="a.csv", content=as_csv([caseload_row()]), by=by)
    pupil = Pupil.objects.get()
    assert (pupil.reference, pupil.upn, pupil.display_name) == (
        "999-1",
        upn(1),
        "Invented1, Amira",
    )
    assert (pupil.date_of_birth, pupil.primary_need) == (dt.date(2018, 3, 4), "SLCN")
    assert (pupil.responsible_la, pupil.recorded_year_group) == ("999", None)
    assert Placement.objects.get().school.urn == "900001"
    assert dates(Plan) == [(dt.date(2025, 5, 5), None)]
    decision = BandDecision.objects.get()
    assert (decision.source, decision.state) == (DecisionSource.AUTHORITY, DecisionState.SUBMITTED)
    assert (decision.school, decision.collection, decision.decided_by) == (None, None, by)
    assert (decision.band.code, decision.effective_from) == ("B", dt.date(2025, 9, 1))


def test_counts_are_those_of_the_file():
    rows = [
        caseload_row(1),
        caseload_row(1, school_urn="900002", placement_start="2026-09-01"),
        caseload_row(2, band_framework="", band="", band_effective_from=""),
    ]
    found = told(*rows)["counts"]
    assert tuple(found[key] for key in COUNTS) == (3, 2, 3, 2, 1)


def test_rows_of_one_pupil_are_collected_once_each():
    rows = [
        caseload_row(placement_end="2026-08-31"),
        caseload_row(placement_end="2026-08-31"),
        caseload_row(school_urn="900002", placement_start="2026-09-01", band="C"),
    ]
    rows[2]["band_effective_from"] = "2026-09-01"
    told(*rows)
    assert (Pupil.objects.count(), Placement.objects.count(), Plan.objects.count()) == (1, 2, 1)
    assert [band[:2] for band in bands()] == [("B", "2025-09-01"), ("C", "2026-09-01")]


def test_year_group_and_need_come_from_the_latest_placement():
    early, late = "2024-09-01", "2026-09-01"
    rows = [
        caseload_row(placement_start=late, ncy="4", primary_need="ASD"),
        caseload_row(placement_start=early, ncy="3", primary_need="SLCN"),
    ]
    told(*rows)
    pupil = Pupil.objects.get()
    assert (pupil.recorded_year_group, pupil.primary_need) == (4, "ASD")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding):
    assert run(as_csv([caseload_row(surname="Núñez")], encoding=encoding)).issues == []
    assert Pupil.objects.get().surname == "Núñez"


def test_headings_come_in_any_order_case_and_with_extra_ones():
    content = as_csv([caseload_row()], ["Notes", *reversed(HEADINGS)])
    content = content.replace(b"pupil_id", b" Pupil ID ").replace(b"upn", b"UPN", 1)
    result = run(content)
    assert (result.issues, Pupil.objects.count()) == ([], 1)
    assert result.preview["ignored"] == ["Notes"]


def test_dates_may_be_written_with_the_day_first():
    told(caseload_row(placement_start="1/9/2025", date_of_birth="04/03/2018"))
    assert dates(Placement) == [(dt.date(2025, 9, 1), None)]
    assert Pupil.objects.get().date_of_birth == dt.date(2018, 3, 4)


def test_workbook_gives_what_the_csv_gives():
    typed = {"date_of_birth": dt.date(2018, 3, 4), "school_urn": 900001, "ncy": 3}
    row = caseload_row(**typed, placement_start=dt.date(2025, 9, 1))
    assert run(as_xlsx([row]), "caseload.xlsx").issues == []
    assert counts(caseload_row(ncy="3")) == (0, 0, 1)


def test_second_import_finds_all_unchanged_and_writes_nothing():
    rows = [caseload_row(n, ncy="3") for n in range(3)]
    assert counts(*rows) == (3, 0, 0)
    before = list(BandDecision.objects.order_by("pk").values())
    assert counts(*rows) == (0, 0, 3)
    assert list(BandDecision.objects.order_by("pk").values()) == before


def test_end_date_is_updated_and_taken_away():
    told(caseload_row())
    assert counts(caseload_row(placement_end="2026-08-31")) == (0, 1, 0)
    assert dates(Placement) == [(dt.date(2025, 9, 1), dt.date(2026, 8, 31))]
    (change,) = told(caseload_row(plan_end="2026-07-31"))["changes"][1:]
    assert (change["what"], change["old"], change["new"]) == (
        "EHCP from 5 May 2025",
        "no end",
        "ends 31 Jul 2026",
    )
    assert dates(Placement) == [(dt.date(2025, 9, 1), None)]


def test_changed_names_are_told_old_and_new():
    told(caseload_row())
    assert told(caseload_row(surname="Newname"))["changes"] == [
        {
            "who": "Invented1, Amira (999-1)",
            "what": "Surname",
            "old": "Invented1",
            "new": "Newname",
            "note": "",
            "last": "",
            "answers": [],
            "until_now": "",
        }
    ]


def test_every_change_is_told_under_the_name_the_pupil_had():
    told(caseload_row())
    changes = told(caseload_row(surname="Newname", plan_end="2026-07-31"))["changes"]
    assert {change["who"] for change in changes} == {"Invented1, Amira (999-1)"}


def test_changed_band_supersedes_the_one_entered_before():
    told(caseload_row(band="B"))
    assert counts(caseload_row(band="C")) == (0, 1, 0)
    assert bands() == [
        ("B", "2025-09-01", DecisionState.SUPERSEDED),
        ("C", "2025-09-01", DecisionState.SUBMITTED),
    ]
    first, second = BandDecision.objects.order_by("submitted_at")
    assert second.supersedes == first
    assert counts(caseload_row(band="C")) == (0, 0, 1)


def test_later_band_is_added_beside_the_earlier_one():
    told(caseload_row(band="B"))
    told(caseload_row(band="C", band_effective_from="2026-09-01"))
    assert {band[2] for band in bands()} == {DecisionState.SUBMITTED}


def test_version_of_the_framework_is_the_one_of_the_date():
    newer = FrameworkFactory(code="test-framework", version="2", effective_from="2026-09-01")
    told(caseload_row(1), caseload_row(2, band_effective_from="2026-09-01"))
    versions = BandDecision.objects.order_by("effective_from").values_list("framework__version")
    assert [version for (version,) in versions] == ["1", newer.version]


def test_pupil_missing_from_the_file_is_no_leaver():
    told(caseload_row(1), caseload_row(2))
    assert counts(caseload_row(1)) == (0, 0, 1)
    assert dates(Placement) == [(dt.date(2025, 9, 1), None)] * 2


def test_empty_upn_and_need_keep_what_is_known():
    told(caseload_row())
    assert counts(caseload_row(upn="", primary_need="")) == (0, 0, 1)
    assert (Pupil.objects.get().upn, Pupil.objects.get().primary_need) == (upn(1), "SLCN")


def test_missing_upn_is_none_for_any_number_of_pupils():
    assert counts(caseload_row(1, upn=""), caseload_row(2, upn="")) == (2, 0, 0)
    assert set(Pupil.objects.values_list("upn", flat=True)) == {None}


def test_replaced_permanent_upn_is_warned_of():
    told(caseload_row())
    result = run(as_csv([caseload_row(upn=upn(2))]))
    assert [(w.cell, w.value, upn(1) in w.message) for w in result.warnings] == [
        ("B2", upn(2), True)
    ]
    assert Pupil.objects.get().upn == upn(2)


def test_two_pupils_may_swap_their_upns():
    told(caseload_row(1), caseload_row(2))
    assert counts(caseload_row(1, upn=upn(2)), caseload_row(2, upn=upn(1))) == (0, 2, 0)
    pupils = dict(Pupil.objects.values_list("reference", "upn"))
    assert pupils == {"999-1": upn(2), "999-2": upn(1)}


def test_recorded_year_group_holds_for_the_year_of_the_import(time_machine):
    time_machine.move_to("2026-10-01")
    told(caseload_row(ncy="3"))
    pupil = Pupil.objects.get()
    assert (pupil.recorded_year_group, pupil.recorded_for) == (3, 2026)
    time_machine.move_to("2027-10-01")
    assert counts(caseload_row(ncy="4")) == (0, 0, 1)
    assert counts(caseload_row(ncy="3")) == (0, 1, 0)
    pupil.refresh_from_db()
    assert (pupil.recorded_year_group, pupil.recorded_for) == (3, 2027)


def test_new_pupils_join_the_returns_that_are_open():
    collection = CollectionFactory(sectors=Sector.values)
    assert sync_return_pupils(collection) == 0
    assert told(caseload_row(1), caseload_row(2))["counts"]["added_to_returns"] == 2
    assert collection.returns.get().pupils.count() == 2


def test_number_of_queries_does_not_grow_with_the_file():
    def queries(rows):
        with CaptureQueriesContext(connection) as caught:
            assert run(as_csv(rows)).issues == []
        return len(caught)

    queries([caseload_row(0)])  # so that there is somebody to compare with
    one = queries([caseload_row(1)])
    assert queries([caseload_row(n) for n in range(10, 60)]) == one


# The command


def command(path, *args):
    out = StringIO()
    call_command("import_caseload", str(path), *args, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "caseload.csv"
    path.write_bytes(as_csv([caseload_row()]))
    return path


def test_command_tells_its_counts_as_json(file):
    found = command(file)
    assert {key: found[key] for key in (*COUNTS, *CHANGED)} == {
        "rows": 1,
        "pupils": 1,
        "placements": 1,
        "plans": 1,
        "agreed_bands": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
    }
    assert found["problems"] == []


def test_dry_run_tells_and_changes_nothing(file):
    assert command(file, "--dry-run")["created"] == 1
    assert Pupil.objects.count() == 0


def test_refused_file_lists_its_problems_as_json(tmp_path):
    path = tmp_path / "caseload.csv"
    path.write_bytes(as_csv([caseload_row(school_urn="123456", band="Z")]))
    out = StringIO()
    with pytest.raises(RefusedCommandError) as refusal:
        call_command("import_caseload", str(path), "--json", stdout=out, stderr=StringIO())
    problems = json.loads(out.getvalue())["problems"]
    assert [(p["row"], p["heading"], p["value"]) for p in problems] == [
        (2, "school_urn", "123456"),
        (2, "band", "Z"),
    ]
    assert refusal.value.returncode == 1


def test_command_keeps_who_entered_it(file):
    by = person(Role.SEND_OFFICER)
    command(file, "--user", by.email)
    assert BandDecision.objects.get().decided_by == by
    event = Pupil.pgh_event_model.objects.get(pgh_label="insert")
    assert event.pgh_context.metadata == {"command": "import_caseload", "user": str(by.pk)}


def test_unknown_person_is_wrong_usage(file):
    with pytest.raises(CommandError, match=r"Nobody has the email address no@example\.org"):
        command(file, "--user", "no@example.org")


@needs_shared_data
def test_example_caseload_comes_in_whole_and_once(settings):
    settings.LA_CODE = "881"
    register = (SHARED_DATA / "gias_essex.csv").read_bytes()
    import_register(lambda *_: None, schools=register, la_code="881")
    essex = FrameworkFactory(code="norfolk-2018", version="1", effective_from="2018-09-01")
    for rank, code in enumerate("123", start=11):
        Band.objects.create(framework=essex, code=code, name=f"Band {code}", rank=rank)
    PupilFactory()
    path = SHARED_DATA / "caseload_essex.csv"
    first = command(path)
    assert tuple(first[key] for key in COUNTS) == (2851, 2600, 2733, 2605, 2600)
    assert tuple(first[key] for key in CHANGED) == (2600, 0, 0)
    second = command(path)
    assert tuple(second[key] for key in CHANGED) == (0, 0, 2600)
    assert Pupil.objects.count() == 2601


# Year groups have a year (S5)


def year_group_of(**row):
    pupil = Pupil.objects.get()
    return pupil.recorded_year_group, pupil.recorded_for


def test_year_groups_are_for_the_academic_year_that_is_said(file):
    file.write_bytes(as_csv([caseload_row(ncy="Year 6")]))
    command(file, "--academic-year", "2027-28")
    assert year_group_of() == (6, 2027)
    assert command(file, "--academic-year", "2027-28")["unchanged"] == 1
    file.write_bytes(as_csv([caseload_row(ncy="5")]))
    assert command(file, "--academic-year", "2026-27")["unchanged"] == 1


def test_year_group_that_applies_to_nobody_records_none():
    told(caseload_row(ncy="X"))
    assert year_group_of() == (None, None)


@pytest.mark.parametrize("text", ["2026", "2026-28", "26-27", "next"])
def test_academic_year_written_otherwise_is_wrong_usage(file, text):
    with pytest.raises(CommandError) as refused:
        command(file, "--academic-year", text)
    assert refused.value.returncode == 2 or "not an academic year" in str(refused.value)
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(("month", "warned"), [(5, 0), (6, 1), (8, 1), (9, 0)])
def test_year_left_out_in_summer_is_warned_about(month, warned):
    with time_machine.travel(dt.datetime(2026, month, 10, 12, tzinfo=dt.UTC), tick=False):
        warnings = run(as_csv([caseload_row(ncy="3")])).warnings
        assert run(as_csv([caseload_row(ncy="3")]), academic_year=2026).warnings == []
    assert [issue.heading for issue in warnings] == ["ncy"] * warned
