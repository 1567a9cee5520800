"""Runs: the list, and the page of one (rules.md F7)."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from banding_portal.access import PortalView
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from funding.models import Run
from funding.run_words import section_251_rows, steps_of, story_of
from funding.selectors.calculations import calculations_to_tell
from funding.selectors.movements import compare_with_last_period
from funding.selectors.run_page import exception_counts, runs_to_read
from funding.selectors.runs import (
    run_totals,
    totals_by_kind,
    totals_by_section_251,
    totals_by_sector,
)
from funding.views.next_moves import moves_of

PAGE = 50


def run_for(request: HttpRequest, pk: UUID) -> Run:
    return get_object_or_404(runs_to_read(request.user), pk=pk)


class RunList(PortalView):
    """Every run, the latest first."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(runs_to_read(request.user), PAGE).get_page(request.GET.get("page"))
        context = {
            "page_obj": page,
            "calculations": calculations_to_tell(request.user),
            "may_change": bool(request.user.roles & FINANCE_OFFICER),
        }
        return render(request, "funding/run_list.html", context)


class RunDetail(PortalView):
    """Control total, why it moved, what is left to clear, and the next move."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        comparison = compare_with_last_period(run)
        context: dict[str, Any] = {
            "run": run,
            "story": story_of(run),
            "totals": run_totals(run),
            "comparison": comparison,
            "steps": steps_of(comparison) if comparison else [],
            "exceptions": exception_counts(run),
            "sectors": totals_by_sector(run),
            "kinds": totals_by_kind(run),
            "section_251": section_251_rows(totals_by_section_251(run)),
            **moves_of(run, request.user),
        }
        return render(request, "funding/run_detail.html", context)
