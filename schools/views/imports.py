"""Imports: where files of the authority come in, and the register's own pages."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ADMINISTRATOR, AUDITOR, COLLECTION_RUNNERS
from banding_portal.uploads.own_words import (
    LearnedWords,
    LearnedWordsUpload,
    Questions,
    UploadMeanings,
)
from banding_portal.uploads.selectors import files_for
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.actions.register import actions_on_imports
from schools.choices import RegisterKind
from schools.forms.imports import UploadFilterForm
from schools.forms.uploads import RegisterUploadForm
from schools.models import RegisterUpload
from schools.register_columns import FILES, LIMITS, SCHOOL_COLUMNS
from schools.selectors.imports import url_of_changes


class ImportHome(ListPage[None]):
    """What can be imported, and the files that came in."""

    allowed_roles = COLLECTION_RUNNERS | AUDITOR
    template_name = "schools/import_home.html"
    filter_class = UploadFilterForm
    usual = "-uploaded"
    orders: ClassVar = {
        "file": by("filename", "-started_at"),
        "what": by("what", "-started_at"),
        "uploaded": by("started_at"),
        "by": by("by", "-started_at"),
        "state": by("words", "-started_at"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Any, Any]:
        return files_for(self.user, **wanted)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_imports(self.user)}


class RegisterPages(UploadPages, abstract=True):
    allowed_roles = ADMINISTRATOR
    model = RegisterUpload
    heading = "Upload a file of the register of schools"

    create_name = "schools:register_upload"
    detail_name = "schools:register_upload_detail"
    parent_name = "schools:import_home"


class RegisterUploadCreate(RegisterPages, UploadCreate):
    form_class = RegisterUploadForm
    limits = LIMITS
    template_name = "schools/register_upload.html"

    def get_initial(self) -> dict[str, Any]:
        """The page of what is to be set up asks for the links by `?kind=links`."""
        kind = self.request.GET.get("kind", "")
        return {"kind": kind} if kind in RegisterKind.values else {}


class RegisterUploadDetail(RegisterPages, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    apply_text = "Apply these changes"
    applied_text = "The schools are up to date"
    next_text = "Back to imports"

    def changes_url(self) -> str:
        return url_of_changes(self.found)

    def context(self) -> dict[str, Any]:
        asked = Questions(self.found, SCHOOL_COLUMNS)
        url = reverse("schools:register_meanings", args=[self.found.pk]) if asked else ""
        return super().context() | {"meanings_url": url}


class RegisterMeanings(RegisterPages, UploadMeanings):
    """Headings and values of the authority's own in a file of schools that was refused."""

    files, columns = FILES, SCHOOL_COLUMNS


class RegisterWords(LearnedWords):
    """Those that are remembered."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    files, columns = FILES, SCHOOL_COLUMNS
    create_name = "schools:register_upload"
    load_name = "schools:register_words_load"

    def context(self) -> dict[str, Any]:
        return super().context() | {"can_write": self.user.has_role(*ADMINISTRATOR)}


class RegisterWordsUpload(LearnedWordsUpload):
    allowed_roles = ADMINISTRATOR
    files, columns = FILES, SCHOOL_COLUMNS
    list_name = "schools:register_words"
