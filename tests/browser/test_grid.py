"""The grid with the keyboard alone: type-ahead, arrows, pasted cells, undo; and without scripts."""

from random import Random

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from banding.grid.rules import pasted_rows
from banding.models import BandDecision, ReturnPupil
from banding_portal.roles import Role
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory

PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text", text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def pupil_return(transactional_db):
    pupil_return = ReturnFactory()
    for surname in ("Adair", "Bell", "Cole"):
        pupil = PupilFactory(school=pupil_return.school, surname=surname)
        ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    return pupil_return


def open_grid(visitor, pupil_return):
    visitor.go(reverse("banding:return_grid", args=[pupil_return.pk]))
    return visitor


def cell(visitor, column, surname):
    return visitor.page.get_by_label(f"{column}, Amira {surname}", exact=True)


def bands():
    return dict(BandDecision.objects.values_list("pupil__surname", "band__code"))


def test_grid_is_filled_in_with_the_keyboard(visit, member, pupil_return):
    visitor = open_grid(visit(member(Role.SENCO, school=pupil_return.school)), pupil_return)
    keys = visitor.page.keyboard
    cell(visitor, "Cognition and learning", "Adair").focus()
    for key in ("2", "ArrowDown", "2", "ArrowDown", "3", "ArrowUp", "ArrowUp", "ArrowRight"):
        keys.press(key)
    visitor.page.evaluate(PASTE, "1\tb\n1\tB\n0\tC\n")
    assert cell(visitor, "Band", "Cole").input_value() == "C"
    keys.press("Control+z")
    assert cell(visitor, "Band", "Cole").input_value() == ""
    assert cell(visitor, "Cognition and learning", "Cole").input_value() == "3"
    visitor.page.evaluate(PASTE, "1\tb\n1\tB\n0\tC\n")
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.type("c")
    assert cell(visitor, "Band", "Bell").input_value() == "C"
    keys.press("Control+z")
    assert cell(visitor, "Band", "Bell").input_value() == "B"
    visitor.press("Save")
    visitor.sees_heading("Check answers")
    assert bands() == {"Adair": "B", "Bell": "B", "Cole": "C"}


def test_band_is_suggested_as_soon_as_the_levels_of_a_row_are_there(visit, member, pupil_return):
    visitor = open_grid(visit(member(Role.SENCO, school=pupil_return.school)), pupil_return)
    cell(visitor, "Cognition and learning", "Bell").press_sequentially("2")
    cell(visitor, "Communication and interaction", "Bell").press_sequentially("1")
    row = visitor.page.get_by_role("row").filter(has_text="Bell")
    expect(row.locator("[data-suggestion]")).to_have_text("B")
    assert cell(visitor, "Cognition and learning", "Bell").input_value() == "2"


def test_pasted_cells_stay_beside_their_pupils_and_what_does_not_fit_is_told(
    visit, member, pupil_return
):
    away = {"change": "not_ours", "change_reason": "Moved"}
    ReturnPupil.objects.filter(pupil__surname="Bell").update(**away)
    visitor = open_grid(visit(member(Role.SENCO, school=pupil_return.school)), pupil_return)
    cell(visitor, "Band", "Adair").focus()
    visitor.page.evaluate(PASTE, "A\nB\nC\nA\n")
    assert cell(visitor, "Band", "Cole").input_value() == "C"
    visitor.sees("2 cells pasted. 2 cells left out: there is no place for them.")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.type("b")
    assert cell(visitor, "Band", "Cole").input_value() == "B"


def test_reasons_of_several_lines_stay_beside_their_pupils(visit, member, pupil_return):
    visitor = open_grid(visit(member(Role.SENCO, school=pupil_return.school)), pupil_return)
    reason = "Reason if different"
    cell(visitor, reason, "Adair").focus()
    visitor.page.evaluate(PASTE, '"One\nsays ""hi"""\r\n\r\n"Three"\r\n')
    shown = [cell(visitor, reason, who).input_value() for who in ("Adair", "Bell", "Cole")]
    assert shown == ['One says "hi"', "", '"Three"']


def test_page_and_server_read_pasted_cells_alike(visit, member, pupil_return):
    visitor = open_grid(visit(member(Role.SENCO, school=pupil_return.school)), pupil_return)
    dice = Random(7)
    texts = ["".join(dice.choices('ab"\t\n\r', k=dice.randint(0, 14))) for _ in range(500)]
    read = """async texts => {
        const { pastedRows } = await import("/static/build/pasted.js");
        return texts.map(pastedRows);
    }"""
    assert visitor.page.evaluate(read, texts) == [pasted_rows(text) for text in texts]


def test_grid_is_a_long_form_without_scripts(visit, member, pupil_return):
    senco = member(Role.SENCO, school=pupil_return.school)
    visitor = open_grid(visit(senco, javascript=False), pupil_return)
    visitor.page.get_by_text("Paste a column from a spreadsheet").click()
    visitor.select("Column", "Band")
    visitor.fill("Cells of the column", "A\nB\nG")
    visitor.press("Put these into the column")
    visitor.sees("3 cells pasted. Nothing is saved yet.")
    visitor.press("Save")
    visitor.sees("“G” is not a band. Enter A, B or C")
    assert bands() == {}
    cell(visitor, "Band", "Cole").fill("c")
    visitor.press("Save")
    visitor.sees("3 pupils saved. 3 left to do.")
    assert bands() == {"Adair": "A", "Bell": "B", "Cole": "C"}
