"""People and quadrants as files, in and out."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from banding_portal.access import ConfirmsWho, PortalRequest, PortalView
from banding_portal.csv_text import as_text
from banding_portal.roles import ADMINISTRATOR, AUDITOR, MODERATION_LEAD
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from schools.models import PeopleUpload, QuadrantUpload
from schools.people_columns import LIMITS, PEOPLE_COLUMNS, QUADRANT_COLUMNS
from schools.selectors.lists_out import (
    PEOPLE_HEADINGS,
    SCHOOL_HEADINGS,
    people_rows,
    school_rows,
)


class ColumnsUpload(UploadCreate, abstract=True):
    """Says what the file must hold."""

    limits = LIMITS
    template_name = "schools/list_upload.html"
    columns: Sequence[Any]

    def context(self) -> dict[str, Any]:
        return super().context() | {"columns": self.columns, "introduction": self.introduction}

    introduction: str


class PeoplePages(UploadPages, ConfirmsWho, abstract=True):
    allowed_roles = ADMINISTRATOR
    model = PeopleUpload
    heading = "Upload people and roles"
    create_name = "schools:people_upload"
    detail_name = "schools:people_upload_detail"
    parent_name = "schools:person_list"


class PeopleUploadCreate(PeoplePages, ColumnsUpload):
    columns = PEOPLE_COLUMNS
    introduction = (
        "A row for each role. People who are not there yet are added, and so is each role; "
        "nobody loses a role, and nobody gets an email until you invite them."
    )


class PeopleUploadDetail(PeoplePages, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    apply_text = "Add these people and roles"
    applied_text = "The people and roles are added"
    next_text = "See the people"

    def asks(self, request: HttpRequest) -> bool:
        return request.method == "POST"


class QuadrantPages(UploadPages, abstract=True):
    allowed_roles = ADMINISTRATOR
    model = QuadrantUpload
    heading = "Upload the quadrants of schools"
    create_name = "schools:quadrant_upload"
    detail_name = "schools:quadrant_upload_detail"
    parent_name = "schools:quadrant_list"


class QuadrantUploadCreate(QuadrantPages, ColumnsUpload):
    columns = QUADRANT_COLUMNS
    introduction = "A row for each school. Schools that are not in the file stay where they are."


class QuadrantUploadDetail(QuadrantPages, UploadDetail):
    """Auditors may look, administrators apply."""

    allowed_roles = ADMINISTRATOR | AUDITOR
    write_roles = ADMINISTRATOR
    apply_text = "Move these schools"
    applied_text = "The schools are in their quadrants"
    next_text = "See the quadrants"
    who_heading = "School"


class PeopleExport(PortalView):
    """Everybody with their roles, as the upload takes it."""

    allowed_roles = ADMINISTRATOR | AUDITOR

    def get(self, request: PortalRequest) -> HttpResponse:
        return csv_file("people", PEOPLE_HEADINGS, people_rows())


class QuadrantExport(PortalView):
    """Every school with its quadrant, as the upload takes it."""

    allowed_roles = ADMINISTRATOR | MODERATION_LEAD | AUDITOR

    def get(self, request: PortalRequest) -> HttpResponse:
        return csv_file("quadrants", SCHOOL_HEADINGS, school_rows(request.user))


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Rows of text to download; what looks like a formula stays text."""
    disposition = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([as_text(value) for value in row] for row in rows)
    return response
