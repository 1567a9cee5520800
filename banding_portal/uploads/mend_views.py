"""The page on which the problems of a file are put right beside their rows, without Excel (T3)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from banding_portal.files.limits import RefusedFileError
from banding_portal.files.tables import Table
from banding_portal.pages import FormPage
from banding_portal.uploads.mend_forms import MendForm
from banding_portal.uploads.mending import Beside, RowToMend, mend_upload, rows_to_mend
from banding_portal.uploads.states import UploadState
from banding_portal.uploads.views import UploadPages
from banding_portal.words import counted

NOTHING = "There is nothing in this file that can be put right here."
SHOWN = 20
"""Rows a page; once they are right, the next ones come."""


class UploadMend(UploadPages, FormPage[Any], abstract=True):
    """Every kind of upload that keeps mends can have it; a subclass reads the file."""

    form_class = MendForm
    template_name = "uploads/mend.html"
    beside: ClassVar[Beside] = {}

    def tables(self) -> Sequence[Table]:
        """The sheets of the file with what was typed before; raises RefusedFileError."""
        raise NotImplementedError

    def find(self) -> Any:
        return self.find_job()

    @cached_property
    def rows(self) -> list[RowToMend]:
        if self.found.state != UploadState.REFUSED:
            return []
        try:
            tables = self.tables()
        except RefusedFileError:
            return []
        return rows_to_mend(self.found.issues, tables, self.beside)

    def why_closed(self) -> str:
        return "" if self.rows else NOTHING

    def form_options(self) -> dict[str, Any]:
        return {"rows": self.rows[:SHOWN]}

    def act(self, form: MendForm) -> str:
        mends = list(form.mends())
        mend_upload(upload=self.found, mends=mends, by=self.user)
        return f"{counted(len(mends), 'correction')} kept. The file is being checked again."

    def next_url(self) -> str:
        return self.detail_url(self.found)

    def back_url(self) -> str:
        return self.detail_url(self.found)

    def context(self) -> dict[str, Any]:
        more = len(self.rows) - SHOWN
        return {"upload": self.found, "up": self.back_url(), "more": max(more, 0)}
