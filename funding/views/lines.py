"""The lines of a run: all, by school, and each with its working (rules.md F9).

Finance sees the authority's reference and the UPN, never a name (docs/decisions/0007).
"""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import FUNDING_READERS
from funding.forms.runs import LineFilterForm, SchoolSearchForm
from funding.models import Line, Run
from funding.selectors.line_lists import lines_matching, schools_matching, with_working
from funding.selectors.lines import lines_to_read
from funding.selectors.run_page import bands_in
from funding.selectors.runs import totals_by_school
from funding.views.finding import AboutRun
from schools.models import School

LINE_ORDERS = {
    "pupil": by("reference", "start"),
    "school": by("school_name", "reference"),
    "band": by("band__framework", "band__rank", "reference"),
    "days": by("days", "reference"),
    "amount": by("amount", "reference"),
    "kind_and_working": by("kind", "reference"),
}


class LineList(AboutRun, ListPage[Run]):
    """Lines of a run, searched and filtered."""

    allowed_roles = FUNDING_READERS
    filter_class = LineFilterForm
    orders: ClassVar = LINE_ORDERS
    template_name = "funding/line_list.html"

    def filter_options(self) -> dict[str, Any]:
        return {"bands": bands_in(self.found)}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Line]:
        return lines_matching(self.found, self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {"run": self.found, "worked_lines": with_working(self.page_obj.object_list)}


class RunSchoolList(AboutRun, ListPage[Run]):
    """What each school is paid by a run."""

    allowed_roles = FUNDING_READERS
    filter_class = SchoolSearchForm
    template_name = "funding/run_school_list.html"
    usual = "school"
    orders: ClassVar = {
        "school": by("school_name", "urn", then=()),
        "urn": by("urn", then=()),
        **{name: by(name, "urn", then=()) for name in ("lines", "pupils", "amount")},
        "without_a_value": by("unvalued", "urn", then=()),
    }

    def rows(self, wanted: dict[str, Any]) -> Any:
        return schools_matching(self.found, wanted.get("search", ""))

    def context(self) -> dict[str, Any]:
        return {"run": self.found}


class RunSchool(AboutRun, ListPage[Run]):
    """The lines of one school in a run."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/run_school.html"
    orders: ClassVar = LINE_ORDERS

    @cached_property
    def school(self) -> School:
        return get_object_or_404(School.objects.visible_to(self.user), pk=self.kwargs["school"])

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Line]:
        lines = Line.objects.visible_to(self.user)
        return lines_to_read(lines.filter(run=self.found, school=self.school))

    def context(self) -> dict[str, Any]:
        return {
            "run": self.found,
            "school": self.school,
            "totals": totals_by_school(self.found).filter(school_id=self.school.pk).first(),
            "worked_lines": with_working(self.page_obj.object_list),
        }
