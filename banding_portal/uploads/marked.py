"""The file of an upload back, with what is wrong beside each row."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpResponse

from banding_portal.files.columns import Column
from banding_portal.files.headings import starting_at_headings
from banding_portal.files.limits import Limits
from banding_portal.files.marked_copy import Marks, marked_copy, typed_into
from banding_portal.files.marking import errors_by_row, marked_sheet
from banding_portal.files.mending import mended_sheet, mends_from
from banding_portal.files.reading import read_sheets
from banding_portal.pages import Page
from banding_portal.uploads.states import UploadState
from banding_portal.uploads.views import UploadPages

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def can_be_marked(upload: Any) -> bool:
    """Whether the problems are in the rows, and not in the headings or the whole file."""
    rows = any(issue["row"] and issue["column"] for issue in upload.issues)
    return upload.state == UploadState.REFUSED and rows


class UploadMarked(UploadPages, Page[Any], abstract=True):
    """Every kind of upload of one sheet that may be sent as .xlsx can have it (T6)."""

    limits: ClassVar[Limits]
    columns: ClassVar[Sequence[Column]]

    def find(self) -> Any:
        upload = self.find_job()
        if not can_be_marked(upload):
            raise Http404
        return upload

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = self.found
        disposition = 'attachment; filename="problems.xlsx"'
        headers = {"Content-Disposition": disposition}
        return HttpResponse(self.marked(upload), XLSX, headers=headers)

    def marked(self, upload: Any) -> bytes:
        """The workbook that was sent; written anew where it cannot be kept."""
        content, mends = bytes(upload.content), mends_from(upload.mends)
        [sheet, *_] = read_sheets(upload.filename, content, self.limits)
        head = starting_at_headings(sheet, self.columns).rows[0].number
        errors = errors_by_row(upload.issues)
        marks = {sheet.name: Marks(head, errors, typed_into(sheet.name, mends))}
        copy = marked_copy(upload.filename, content, self.limits, marks)
        return copy or marked_sheet(mended_sheet(sheet, mends), self.columns, errors)
