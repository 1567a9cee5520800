"""The schedule of a run, to look at the total and to download (rules.md F11)."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FUNDING_READERS
from banding_portal.words import money, number
from funding.exports.schedule import CONTENT_TYPES, ScheduleFormat, file_name, temporary_schedule
from funding.selectors.runs import run_totals
from funding.views.runs import run_for

ABOUT = {
    ScheduleFormat.EXCEL: "A journal for maintained schools, remittances for academies and for "
    "independent providers, totals by school and by section 251 line.",
    ScheduleFormat.CSV: "Every line in one file.",
    ScheduleFormat.LEDGER: "Every line with the authority’s own reference only.",
}


class SchedulePage(PortalView):
    """The control total before the download, and after it in a message."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        formats = [
            {"value": value, "label": ScheduleFormat(value).label, "about": about}
            for value, about in ABOUT.items()
        ]
        context = {"run": run, "totals": run_totals(run), "formats": formats}
        return render(request, "funding/schedule.html", context)


class ScheduleDownload(PortalView):
    """The file, whole and checked against the control total before the first byte is sent."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
        run = run_for(request, pk)
        if form not in ScheduleFormat.values:
            raise Http404
        try:
            with temporary_schedule(run, form) as (file, schedule):
                response = FileResponse(
                    file,
                    as_attachment=True,
                    filename=file_name(run, form),
                    content_type=CONTENT_TYPES[ScheduleFormat(form)],
                )
        except RefusalError as error:
            messages.error(request, str(error))
            return redirect("funding:schedule", pk=pk)
        messages.success(
            request,
            f"{file_name(run, form)}: {number(schedule.lines)} lines, control total "
            f"{money(schedule.total)}. SHA-256 {schedule.sha256}",
        )
        return response
