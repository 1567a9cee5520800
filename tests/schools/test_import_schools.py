"""The import of schools: the command, its counts, links and successors (rules.md S1)."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from banding_portal.commands import RefusedCommandError
from schools.models import Placement, School, SchoolLink
from schools.services.register import import_register
from tests.factories import PlacementFactory, PupilFactory, SchoolFactory
from tests.schools.register_files import as_csv, link_row, links_csv, school_row
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
CLOSED = {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"}
COUNTS = ("created", "updated", "unchanged", "closed", "linked", "carried")


@pytest.fixture
def load(tmp_path):
    """`load(rows, links)` runs the command and returns its JSON, None where it wrote nothing."""

    def _load(rows, links=None, *args):
        (tmp_path / "register.csv").write_bytes(as_csv(rows))
        if links is not None:
            (tmp_path / "links.csv").write_bytes(links_csv(*links))
            args = (*args, "--links", str(tmp_path / "links.csv"))
        out = StringIO()
        try:
            call_command(
                "import_schools",
                str(tmp_path / "register.csv"),
                *args,
                "--json",
                stdout=out,
                stderr=StringIO(),
            )
        finally:
            _load.told = json.loads(out.getvalue() or "null")
        return _load.told

    return _load


def counts(told):
    return tuple(told[key] for key in COUNTS)


def placed(pupil):
    rows = pupil.placements.order_by("start").values_list("school__urn", "start", "end")
    return [tuple(str(v) if v else None for v in row) for row in rows]


def test_second_import_finds_all_unchanged(load):
    rows = [school_row(100001), school_row(100002)]
    assert counts(load(rows)) == (2, 0, 0, 0, 0, 0)
    assert counts(load(rows)) == (0, 0, 2, 0, 0, 0)


def test_changed_school_is_updated_and_keeps_its_quadrant(load):
    school = SchoolFactory(urn="100001", name="Old name")
    assert counts(load([school_row(100001, "New name")])) == (0, 1, 0, 0, 0, 0)
    quadrant = school.quadrant
    school.refresh_from_db()
    assert (school.name, school.quadrant) == ("New name", quadrant)


def test_school_absent_from_the_file_stays(load):
    SchoolFactory(urn="100009")
    load([school_row(100001)])
    assert set(School.objects.values_list("urn", flat=True)) == {"100001", "100009"}


def test_bad_file_changes_nothing(load):
    with pytest.raises(RefusedCommandError) as caught:
        load([school_row(100001), school_row("x", OpenDate="soon")])
    problems = load.told["problems"]
    assert [(p["cell"], p["value"]) for p in problems] == [("A3", "x"), ("J3", "soon")]
    assert (caught.value.returncode, School.objects.count()) == (1, 0)


def test_bad_links_change_nothing(load):
    with pytest.raises(RefusedCommandError):
        load([school_row(100001)], [link_row(100001, "x")])
    assert School.objects.count() == 0


def test_la_option_takes_that_authority_only(load):
    rows = [school_row(100001), school_row(100002, **{"LA (code)": "881"})]
    load(rows, None, "--la", "881")
    assert School.objects.get().urn == "100002"


def test_la_option_without_a_school_is_refused(load):
    with pytest.raises(RefusedCommandError):
        load([school_row(100001)], None, "--la", "881")
    assert load.told["problems"][0]["message"].startswith("There are no schools of the authority 8")


def test_links_of_known_schools_are_kept_once(load):
    links = [link_row(100001, 100002), link_row(100008, 100009)]
    assert load([school_row(100001)], links)["linked"] == 1
    again = load([school_row(100001)], links)
    assert (again["linked"], again["links_elsewhere"]) == (0, 1)
    assert SchoolLink.objects.get().linked_urn == "100002"


def test_open_placement_of_a_closed_school_goes_on_at_its_successor(load):
    pupil = PupilFactory(school=SchoolFactory(urn="100001"))
    rows = [school_row(100001, **CLOSED), school_row(100002)]
    links = [link_row(100001, 100002)]
    assert counts(load(rows, links)) == (1, 1, 0, 1, 1, 1)
    expected = [("100001", "2025-09-01", "2026-08-31"), ("100002", "2026-09-01", None)]
    assert placed(pupil) == expected
    assert counts(load(rows, links)) == (0, 0, 2, 0, 0, 0)
    assert placed(pupil) == expected


def test_ended_placement_of_a_closed_school_stays(load):
    school = SchoolFactory(urn="100001")
    pupil = PupilFactory()
    PlacementFactory(pupil=pupil, school=school, end=dt.date(2026, 7, 20))
    load([school_row(100001, **CLOSED), school_row(100002)], [link_row(100001, 100002)])
    assert placed(pupil) == [("100001", "2025-09-01", "2026-07-20")]


def test_placement_keeps_its_later_end_and_a_later_start_moves_whole(load):
    school, pupil, late = SchoolFactory(urn="100001"), PupilFactory(), PupilFactory()
    PlacementFactory(pupil=pupil, school=school, end=dt.date(2027, 7, 20))
    PlacementFactory(pupil=late, school=school, start=dt.date(2026, 10, 1))
    load([school_row(100001, **CLOSED), school_row(100002)], [link_row(100001, 100002)])
    assert placed(pupil)[1] == ("100002", "2026-09-01", "2027-07-20")
    assert placed(late) == [("100002", "2026-10-01", None)]


def test_successors_are_followed_to_the_open_one(load):
    pupil = PupilFactory(school=SchoolFactory(urn="100001"))
    rows = [school_row(100001, **CLOSED), school_row(100002, **CLOSED), school_row(100003)]
    load(rows, [link_row(100001, 100002), link_row(100002, 100003, "Successor - merged")])
    assert placed(pupil)[1][0] == "100003"


def test_successor_is_known_from_its_predecessor_link(load):
    pupil = PupilFactory(school=SchoolFactory(urn="100001"))
    rows = [school_row(100001, **CLOSED), school_row(100002)]
    load(rows, [link_row(100002, 100001, "Predecessor")])
    assert placed(pupil)[1][0] == "100002"


def test_pupil_already_at_the_successor_is_not_placed_twice(load):
    old, new = SchoolFactory(urn="100001"), SchoolFactory(urn="100002")
    pupil = PupilFactory(school=old)
    PlacementFactory(pupil=pupil, school=new, start=dt.date(2026, 9, 1))
    load([school_row(100001, **CLOSED), school_row(100002)], [link_row(100001, 100002)])
    assert placed(pupil)[0][2] == "2026-08-31"
    assert Placement.objects.filter(pupil=pupil).count() == 2


@pytest.mark.parametrize(
    ("links", "closing", "told"),
    [
        ([], CLOSED, "names no open school"),
        ([link_row(100001, 100008)], CLOSED, "100008 is not in the portal"),
        ([link_row(100001, 100002), link_row(100001, 100003)], CLOSED, "several successors"),
        ([link_row(100001, 100002)], CLOSED | {"CloseDate": ""}, "no closing date"),
        ([link_row(100001, 100001)], CLOSED, "names no open school"),
    ],
)
def test_pupils_who_cannot_be_carried_are_named_by_school(load, links, closing, told):
    pupil = PupilFactory(school=SchoolFactory(urn="100001", name="Alderbrook Primary School"))
    rows = [school_row(100001, **closing), school_row(100002), school_row(100003)]
    (warning,) = load(rows, links)["warnings"]
    assert (warning["who"], warning["value"]) == ("Alderbrook Primary School", "100001")
    assert told in warning["message"]
    assert placed(pupil) == [("100001", "2025-09-01", None)]


def test_sentences_without_json(load, tmp_path, capsys):
    (tmp_path / "r.csv").write_bytes(as_csv([school_row(100001)]))
    call_command("import_schools", str(tmp_path / "r.csv"))
    assert capsys.readouterr().out.startswith("Schools: 1 created, 0 updated, 0 unchanged")


@needs_shared_data
def test_real_register_and_links_as_they_are(capsys):
    files = [
        str(SHARED_DATA / "gias_essex.csv"),
        "--links",
        str(SHARED_DATA / "gias_links_essex.csv"),
    ]
    for expected in ((248, 0, 0, 0, 77, 0), (0, 0, 248, 0, 0, 0)):
        call_command("import_schools", *files, "--json")
        assert counts(json.loads(capsys.readouterr().out)) == expected
    sectors = School.objects.values_list("sector", flat=True)
    assert sorted(set(sectors)) == ["alternative_provision", "mainstream", "special"]
    assert School.objects.get(urn="114704").name == "St George’s New Town Junior School"


@needs_shared_data
def test_real_register_without_a_column_is_refused(tmp_path):
    content = (SHARED_DATA / "gias_essex.csv").read_bytes()
    broken = tmp_path / "register.csv"
    broken.write_bytes(content.replace(b"StatutoryHighAge", b"HighAge", 1))
    out = StringIO()
    with pytest.raises(RefusedCommandError):
        call_command("import_schools", str(broken), stderr=out)
    assert "The column “StatutoryHighAge” is missing." in out.getvalue()


def test_preview_tells_changes_in_words():
    SchoolFactory(urn="100001", name="Alderbrook Primary School", establishment_number="2001")
    result = import_register(
        lambda done, total: None, schools=as_csv([school_row(100001, **CLOSED)])
    )
    told = [(c["what"], c["old"], c["new"]) for c in result.preview["changes"]]
    assert told == [("Status", "Open", "Closed"), ("Closed on", "", "31 Aug 2026")]
    assert result.preview["changes"][0]["who"] == "Alderbrook Primary School (100001)"


@pytest.mark.parametrize("code", ["abc", "99", "9999"])
def test_code_that_is_not_three_digits_is_wrong_usage(load, code):
    with pytest.raises(CommandError, match="three digits") as told:
        load([school_row(100001)], None, "--la", code)
    assert not isinstance(told.value, RefusedCommandError)
    assert not School.objects.exists()
