"""The commands do what the pages do (interfaces.md)."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from banding.models import BandDecision, TemplateUpload
from banding_portal.roles import Role
from tests.banding.workbook_files import Filled
from tests.factories import (
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil_return():
    pupil_return = ReturnFactory()
    ReturnPupilFactory(pupil_return=pupil_return)
    return pupil_return


@pytest.fixture
def run(capsys, pupil_return):
    def _run(command, *arguments, **changes):
        names = {
            "collection": pupil_return.collection.code,
            "urn": pupil_return.school.urn,
        } | changes
        given = [f"--{name}={value}" for name, value in names.items() if value is not None]
        try:
            call_command(command, *map(str, arguments), *given, "--json")
            code = 0
        except CommandError as error:
            code = error.returncode
        return code, json.loads(capsys.readouterr().out)

    return _run


def test_export_writes_the_template(run, tmp_path):
    file = tmp_path / "a.xlsx"
    code, told = run("export_template", output=file)

    assert (code, told["rows"], told["template_version"]) == (0, 1, 1)
    assert file.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("changes", [{"urn": "999999"}, {"collection": "none"}])
def test_export_for_no_return_is_refused(run, tmp_path, changes):
    code, told = run("export_template", output=tmp_path / "a.xlsx", **changes)
    assert (code, told["problems"][0][:32]) == (1, "There is no return of the school")


def test_export_to_nowhere_is_refused(run, tmp_path):
    code, told = run("export_template", output=tmp_path / "none" / "a.xlsx")
    assert (code, told["problems"][0][-26:]) == (1, "No such file or directory.")


def test_import_checks_and_applies_only_when_told(run, tmp_path, pupil_return):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(Filled(pupil_return).decide(2).content)
    user = person(Role.SENCO, school=pupil_return.school).email

    code, told = run("import_template", file, user=user)
    assert (code, told["status"], told["new"], told["applied"]) == (0, "ready", 1, False)
    assert not BandDecision.objects.exists()

    code, told = run("import_template", file, "--apply", user=user.upper())
    assert (code, told["status"], told["new"], told["applied"]) == (0, "applied", 1, True)
    assert BandDecision.objects.get().decided_by.email == user

    code, told = run("import_template", file, "--apply", user=user)
    assert (code, told["new"], told["unchanged"], told["applied"]) == (0, 0, 1, True)


def test_import_lists_every_issue(run, tmp_path, pupil_return):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(Filled(pupil_return).decide(2, level=8, band="G").content)
    email = person(Role.SENCO, school=pupil_return.school).email

    code, told = run("import_template", file, "--apply", user=email)

    assert (code, told["status"], told["applied"]) == (1, "refused", False)
    assert [issue["cell"] for issue in told["issues"]] == ["J2", "K2", "L2"]


def test_import_by_nobody_is_refused(run, tmp_path):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(b"")
    code, told = run("import_template", file, user="nobody@example.org", urn="1")
    assert (code, len(told["problems"])) == (1, 2)


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.SENCO])
def test_import_by_who_is_not_senco_there_is_refused(run, tmp_path, pupil_return, role):
    school = SchoolFactory() if role == Role.SENCO else pupil_return.school
    somebody = person(role, school=school)
    file = tmp_path / "filled.xlsx"
    file.write_bytes(Filled(pupil_return).decide(2).content)

    code, told = run("import_template", file, "--apply", user=somebody.email)

    assert code == 1
    assert told["problems"] == [
        f"{somebody} is not a SENCO of {pupil_return.school}. Only they may do this."
    ]
    assert not BandDecision.objects.exists()
    assert not TemplateUpload.objects.exists()


def test_every_open_school_s_workbook_is_in_one_archive(run, tmp_path, pupil_return):
    other = ReturnFactory(collection=pupil_return.collection)
    closed = ReturnFactory(
        collection=pupil_return.collection,
        state="submitted",
        submitted_by=UserFactory(),
        submitted_at=timezone.now(),
    )
    file = tmp_path / "all.zip"
    code, told = run_many(run, "export_templates", output=file)
    assert (code, told["workbooks"], told["rows"]) == (0, 2, 1)
    assert told["left_out"] == [closed.school.urn]
    names = zipfile.ZipFile(file).namelist()
    assert sorted(name.split("-version")[0][-6:] for name in names) == sorted(
        [pupil_return.school.urn, other.school.urn]
    )


def run_many(run, command, *arguments, **names):
    return run(command, *arguments, urn=None, **names)


def test_returned_files_are_known_by_their_marks_and_each_has_its_outcome(
    run, tmp_path, pupil_return
):
    other = ReturnFactory(collection=pupil_return.collection)
    ReturnPupilFactory(pupil_return=other)
    senco = person(Role.SENCO, school=pupil_return.school)
    contents = {
        "good.xlsx": Filled(pupil_return).decide(2).content,
        "not-mine.xlsx": Filled(other).decide(2).content,
        "broken.xlsx": b"PK",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in contents]
    code, told = run_many(run, "import_templates", *files, "--apply", user=senco.email)
    assert (code, told["applied"], told["refused"]) == (0, 1, 2)
    assert [each["status"] for each in told["files"]] == ["applied", "refused", "refused"]
    assert "is not a SENCO of" in told["files"][1]["problems"][0]["message"]
    assert BandDecision.objects.get().return_pupil.pupil_return == pupil_return


def test_only_refused_files_end_the_command_as_refused(run, tmp_path, pupil_return):
    senco = person(Role.SENCO, school=pupil_return.school)
    files = [tmp_path / "first.xlsx", tmp_path / "second.xlsx"]
    for each in files:
        each.write_bytes(b"PK")
    code, told = run_many(run, "import_templates", *files, user=senco.email)
    assert (code, told["applied"], told["refused"]) == (1, 0, 2)
    assert [each["sheet"] for each in told["problems"]] == ["first.xlsx", "second.xlsx"]
