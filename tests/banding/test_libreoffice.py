"""A template opened and saved by LibreOffice still says the same (quality.md Q7).

It runs where `soffice` is installed; elsewhere it says so.
"""

import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from banding.templates_io.uploads.sheets import TemplateSheets
from banding.templates_io.workbooks.columns import pupil_columns
from tests.banding.test_workbook import AMIRA, FRAMEWORK, MARK, content_with

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed, so nothing is opened with it."
)
DECIDED = AMIRA | {
    "area:cl": "1",
    "band": "A: Low, mostly met",
    "rationale": "=not a formula, ’tis “so”",
    "change": "Left",
}


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory):
    """The workbook in each form in which LibreOffice saves it."""
    place = tmp_path_factory.mktemp("office")
    (place / "template.xlsx").write_bytes(content_with(DECIDED))
    for kind in ("xlsx", "ods"):
        subprocess.run(
            [
                SOFFICE, "--headless", f"-env:UserInstallation=file://{place}/profile",
                "--convert-to", kind, "--outdir", str(place / "out"), str(place / "template.xlsx"),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return {kind: (place / "out" / f"template.{kind}").read_bytes() for kind in ("xlsx", "ods")}


def read(name, content):
    sheets = TemplateSheets.read(name, content)
    sheets.match(pupil_columns(FRAMEWORK))
    return sheets


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_again_it_says_the_same(saved_again, kind):
    before = read("template.xlsx", content_with(DECIDED))
    after = read(f"template.{kind}", saved_again[kind])

    assert (after.heading_issues, after.ignored) == ([], [])
    [was], [line] = before.pupils.lines, after.pupils.lines
    keys = [column.key for column in pupil_columns(FRAMEWORK)]
    assert {key: line[key] for key in keys} == {key: was[key] for key in keys}
    assert (line["band"], line["rationale"]) == ("A", DECIDED["rationale"])
    assert line["mark"] == str(MARK)
    assert line.issues == []


def test_list_tint_and_protection_survive(saved_again, tmp_path):
    file = tmp_path / "again.xlsx"
    file.write_bytes(saved_again["xlsx"])
    book = load_workbook(file)

    rules = book["Pupils"].data_validations.dataValidation
    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    assert any("Guidance" in each for each in lists)
    assert book["Pupils"].protection.sheet
    assert len(book["Pupils"].conditional_formatting) == 2
    assert book["Pupils"].auto_filter.ref.startswith("A1:")
    assert book["Pupils"].print_title_rows == "$1:$1"
