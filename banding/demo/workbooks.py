"""Two workbooks to try on the upload page of the SENCO's school: a right one and a broken one.

Both were sent in as well: the broken one was refused, the preview of the other one waits.
"""

import io
import random

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from banding.choices import CollectionKind
from banding.demo.answers import AnswerBook
from banding.demo.schools_at_work import Staff, returns_of
from banding.models import Collection, Return, TemplateUpload
from banding.templates_io.services import issue_template, template_file
from banding.templates_io.workbooks.columns import PUPILS
from banding_portal.demo.clock import acting
from banding_portal.demo.files import send_in
from banding_portal.demo.timeline import Timeline
from banding_portal.uploads.states import UploadState

VALID, BROKEN = "valid.xlsx", "broken.xlsx"
SENT_IN = {BROKEN: UploadState.REFUSED, VALID: UploadState.READY}
USUAL_RANK = 3


def write_workbooks(timeline: Timeline) -> None:
    """Issue the template of the SENCO's school and fill it in, once well and once badly."""
    collection = Collection.objects.get(kind=CollectionKind.EXERCISE)
    pupil_return = returns_of(collection)[0]
    senco = Staff().senco(pupil_return)
    issued = issue_template(pupil_return=pupil_return, by=senco)
    content = template_file(issued).content
    timeline.folder.mkdir(parents=True, exist_ok=True)
    for name, state in SENT_IN.items():
        book = filled_in(content, pupil_return, spoil=name == BROKEN)
        (timeline.folder / name).write_bytes(book)
        with acting(senco, timeline.ago(1), minutes=20 if name == BROKEN else 50):
            upload = TemplateUpload(pupil_return=pupil_return, started_by=senco)
            send_in(upload, name, book, comes_to=state)


def filled_in(content: bytes, pupil_return: Return, *, spoil: bool) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book[PUPILS]
    dice = random.Random("westmere workbook")  # noqa: S311 (not a secret)
    answers = AnswerBook(pupil_return.collection.framework, dice)
    headings = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    for number in range(2, sheet.max_row + 1):
        if sheet.cell(number, headings["Surname"]).value:
            fill_row(sheet, number, headings, answers)
    if spoil:
        spoil_rows(sheet, headings)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_row(sheet: Worksheet, number: int, headings: dict[str, int], answers: AnswerBook) -> None:
    """Give a pupil without a band, and without a change, the levels of a middling one."""
    if sheet.cell(number, headings["Band"]).value or sheet.cell(number, headings["Change"]).value:
        return
    chosen = answers.chosen(USUAL_RANK)
    for level in chosen.levels:
        sheet.cell(number, headings[level.area.name], level.code)
    sheet.cell(number, headings["Band"], chosen.band.code if chosen.band else None)
    sheet.cell(number, headings["Reason"], chosen.difference_reason or None)
    sheet.cell(number, headings["Rationale"], "Entered in Excel.")


def spoil_rows(sheet: Worksheet, headings: dict[str, int]) -> None:
    """Four faults of the sort that come every day."""
    sheet.cell(2, headings["Band"], "G")
    sheet.cell(3, headings["Change"], "Left")
    sheet.cell(3, headings["Date of change"], "31/02/2027")
    sheet.cell(4, headings["Band"], "=B2")
    sheet.cell(5, headings["Speech, language and relating to others"], "9")
