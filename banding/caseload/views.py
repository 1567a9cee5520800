"""The pages of a caseload upload."""

from typing import Any

from django.urls import reverse

from banding.caseload.columns import COLUMNS, FILES, LIMITS
from banding.caseload.differences import kinds_of
from banding.caseload.forms import CaseloadUploadForm
from banding.models import CaseloadUpload
from banding_portal.files.tables import Table, read_table
from banding_portal.learned.selectors import columns_for
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from banding_portal.uploads.marked import UploadMarked, can_be_marked
from banding_portal.uploads.mend_views import UploadMend
from banding_portal.uploads.own_words import (
    LearnedWords,
    LearnedWordsUpload,
    Questions,
    UploadMeanings,
)
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.selectors.imports import url_of_changes


class CaseloadPages(UploadPages, abstract=True):
    allowed_roles = COLLECTION_RUNNERS
    model = CaseloadUpload
    heading = "Upload a caseload"

    create_name = "banding:caseload_upload"
    detail_name = "banding:caseload_upload_detail"
    parent_name = "schools:import_home"


class CaseloadUploadCreate(CaseloadPages, UploadCreate):
    """Choose the file; what it has to hold, and what came before."""

    form_class = CaseloadUploadForm
    limits = LIMITS
    template_name = "banding/caseload_upload.html"

    def context(self) -> dict[str, Any]:
        earlier = CaseloadUpload.objects.visible_to(self.user).defer("content")
        earlier = earlier.select_related("started_by")[:10]
        return super().context() | {"columns": COLUMNS, "earlier": earlier}


class CaseloadUploadDetail(CaseloadPages, UploadDetail):
    """Auditors may look; administrators and officers apply."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = COLLECTION_RUNNERS
    applied_text = "The pupils are up to date"
    preview_template = "banding/_caseload_preview.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "kinds": [] if self.found.at_work else kinds_of(self.found),
            "meanings_url": self.meanings_url(),
            "marked_url": self.url_to("banding:caseload_marked"),
            "mend_url": self.url_to("banding:caseload_mend"),
        }

    def meanings_url(self) -> str:
        """Of the page that asks what is not understood; empty where there is nothing to ask."""
        asked = Questions(self.found, COLUMNS)
        return reverse("banding:caseload_meanings", args=[self.found.pk]) if asked else ""

    def changes_url(self) -> str:
        return url_of_changes(self.found)

    def url_to(self, name: str) -> str:
        """Of a page about problems in rows; empty where they are not in rows."""
        return reverse(name, args=[self.found.pk]) if can_be_marked(self.found) else ""


class CaseloadMarked(CaseloadPages, UploadMarked):
    """The file with an Errors column, to be corrected and sent again."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    limits, columns = LIMITS, COLUMNS


class CaseloadMend(CaseloadPages, UploadMend):
    """The cells with problems, to be corrected without going back to the file."""

    def tables(self) -> list[Table]:
        upload = self.found
        given = {"filename": upload.filename, "content": bytes(upload.content)}
        columns = columns_for(FILES, COLUMNS)
        return [read_table(**given, columns=columns, limits=LIMITS, mends=upload.mends)]


class CaseloadMeanings(CaseloadPages, UploadMeanings):
    """Headings and values of the authority's own in a file that was refused."""

    files, columns = FILES, COLUMNS


class CaseloadWords(LearnedWords):
    """Those that are remembered."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    write_roles = COLLECTION_RUNNERS
    files, columns = FILES, COLUMNS
    create_name = "banding:caseload_upload"
    load_name = "banding:caseload_words_load"

    def context(self) -> dict[str, Any]:
        return super().context() | {"can_write": self.user.has_role(*COLLECTION_RUNNERS)}


class CaseloadWordsUpload(LearnedWordsUpload):
    allowed_roles = COLLECTION_RUNNERS
    files, columns = FILES, COLUMNS
    list_name = "banding:caseload_words"
