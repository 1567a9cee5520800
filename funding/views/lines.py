"""The lines of a run: all, by school, and each with its working (rules.md F9).

Finance sees the authority's reference and the UPN, never a name (docs/decisions/0007).
"""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from banding_portal.access import PortalView
from banding_portal.roles import FUNDING_READERS
from funding.forms.runs import LineFilterForm, SchoolSearchForm
from funding.models import Line
from funding.selectors.line_lists import lines_matching, schools_matching, with_working
from funding.selectors.lines import lines_to_read
from funding.selectors.run_page import bands_in
from funding.selectors.runs import totals_by_school
from funding.views.runs import run_for
from schools.models import School

PAGE = 50


class LineList(PortalView):
    """Lines of a run, searched and filtered."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        form = LineFilterForm(request.GET or None, bands=bands_in(run))
        wanted = form.cleaned_data if form.is_valid() else {}
        lines = lines_matching(run, request.user, wanted)
        page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
        context = {
            "run": run,
            "filters": form,
            "page_obj": page,
            "worked_lines": with_working(page.object_list),
        }
        return render(request, "funding/line_list.html", context)


class RunSchoolList(PortalView):
    """What each school is paid by a run."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = run_for(request, pk)
        form = SchoolSearchForm(request.GET or None)
        text = form.cleaned_data["search"] if form.is_valid() else ""
        page = Paginator(schools_matching(run, text), PAGE).get_page(request.GET.get("page"))
        context = {"run": run, "filters": form, "page_obj": page}
        return render(request, "funding/run_school_list.html", context)


class RunSchool(PortalView):
    """The lines of one school in a run."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest, pk: UUID, school: UUID) -> HttpResponse:
        run = run_for(request, pk)
        found = get_object_or_404(School.objects.visible_to(request.user), pk=school)
        lines = lines_to_read(Line.objects.visible_to(request.user).filter(run=run, school=found))
        page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
        context = {
            "run": run,
            "school": found,
            "totals": totals_by_school(run).filter(school_id=found.pk).first(),
            "page_obj": page,
            "worked_lines": with_working(page.object_list),
        }
        return render(request, "funding/run_school.html", context)
