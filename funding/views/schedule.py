"""The schedule of a run, to look at the total and to download (rules.md F11)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from banding_portal.pages import Page
from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from banding_portal.words import money, number
from funding.choices import ScheduleFormat
from funding.exports.schedule import CONTENT_TYPES, file_name, temporary_schedule
from funding.models import Run, ScheduleExport
from funding.selectors.exports import kept_file
from funding.selectors.summaries import summary_of
from funding.views.finding import AboutRun

ABOUT = {
    ScheduleFormat.CSV: "Every line in one file.",
    ScheduleFormat.LEDGER: "Every line with the authority’s own reference only.",
    ScheduleFormat.LINES: "What the SHA-256 of the lines is worked out from, byte for byte.",
}


class SchedulePage(AboutRun, Page[Run]):
    """The control total before the download, and after it in a message."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/schedule.html"

    def context(self) -> dict[str, Any]:
        formats = [
            {"value": value, "label": ScheduleFormat(value).label, "about": about}
            for value, about in ABOUT.items()
        ]
        return {
            "run": self.found,
            "totals": summary_of(self.found).totals,
            "formats": formats,
            "workbook": kept_file(ScheduleExport, self.found, self.user),
        }


class ScheduleDownload(AboutRun):
    """A CSV file, whole and checked against the control total before the first byte is sent."""

    allowed_roles = FUNDING_READERS

    def back_url(self) -> str:
        return reverse("funding:schedule", args=[self.found.pk])

    def get(self, request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
        if form not in ABOUT:
            raise Http404
        name = file_name(self.found, form)
        try:
            with temporary_schedule(self.found, form) as (file, schedule):
                response = FileResponse(
                    file,
                    as_attachment=True,
                    filename=name,
                    content_type=CONTENT_TYPES[ScheduleFormat(form)],
                )
        except RefusalError as refusal:
            return self.refused(refusal)
        lines, total = number(schedule.lines), money(schedule.total)
        sentence = f"{name}: {lines} lines, control total {total}. SHA-256 {schedule.sha256}"
        messages.success(request, sentence)
        return response
