"""The audit page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banding_portal.access import PortalView
from banding_portal.audit_trail.events import changes_matching
from banding_portal.audit_trail.forms import AuditFilterForm
from banding_portal.audit_trail.words import lines_of
from banding_portal.roles import AUDITOR

PAGE = 50
LAST_PAGE = 2_000


class AuditList(PortalView):
    """Every recorded change, newest first: who, when, from what to what."""

    allowed_roles = AUDITOR

    def get(self, request: HttpRequest) -> HttpResponse:
        form = AuditFilterForm(request.GET)
        number = page_number(request.GET.get("page", ""))
        changes = changes_matching(offset=(number - 1) * PAGE, limit=PAGE + 1, **form.filters())
        context = {
            "filter_form": form,
            "lines": lines_of(changes[:PAGE]),
            "newer": number - 1,
            "older": number + 1 if len(changes) > PAGE else 0,
        }
        return render(request, "audit_list.html", context)


def page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1
