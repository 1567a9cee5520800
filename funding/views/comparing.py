"""A run beside another one: the draft before it, line by line, and last term, school by school."""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from banding_portal.pages import ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import FUNDING_READERS
from funding.forms.runs import RecalculatedFilterForm, SchoolSearchForm
from funding.models import RecalculatedLine, Run
from funding.selectors.movements import run_before
from funding.selectors.recalculated import recalculated_in, recalculated_matching
from funding.selectors.school_differences import difference_of_school, schools_compared
from funding.views.finding import AboutRun
from schools.models import School


class RecalculatedList(AboutRun, ListPage[Run]):
    """The lines that calculating a draft again changed, as they were and as they are."""

    allowed_roles = FUNDING_READERS
    filter_class = RecalculatedFilterForm
    template_name = "funding/recalculated_list.html"
    orders: ClassVar = {
        "pupil": by("reference", "was_start", "start"),
        "school": by("school_name", "reference"),
        "what": by("change", "reference"),
        "before": by("was_amount", "reference"),
        "now": by("amount", "reference"),
        "change": by("difference", "reference"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[RecalculatedLine]:
        return recalculated_matching(self.found, wanted)

    def context(self) -> dict[str, Any]:
        return {"run": self.found, "recalculated": recalculated_in(self.found)}


class BesideLastTerm(AboutRun, abstract=True):
    """About a run that has one of an earlier period before it."""

    allowed_roles = FUNDING_READERS

    @cached_property
    def before(self) -> Run:
        before = run_before(self.found)
        if before is None:
            raise Http404
        return before


class SchoolsCompared(BesideLastTerm, ListPage[Run]):
    """What each school is paid now and was last term, the largest changes first."""

    filter_class = SchoolSearchForm
    template_name = "funding/schools_compared.html"
    orders: ClassVar = {
        "school": by("name", "number", then=()),
        "urn": by("number", then=()),
        **{name: by(name, "number", then=()) for name in ("before", "now", "change")},
    }

    def rows(self, wanted: dict[str, Any]) -> Any:
        return schools_compared(self.found, self.before, wanted.get("search", ""))

    def context(self) -> dict[str, Any]:
        return {"run": self.found, "before": self.before}


class SchoolCompared(BesideLastTerm, Page[Run]):
    """A school's difference between two terms: a sentence, why, and the pupils it is about."""

    template_name = "funding/school_compared.html"

    def context(self) -> dict[str, Any]:
        schools = School.objects.visible_to(self.user)
        school = get_object_or_404(schools, pk=self.kwargs["school"])
        return {
            "run": self.found,
            "before": self.before,
            "school": school,
            "difference": difference_of_school(self.found, self.before, school),
        }
