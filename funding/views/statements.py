"""A school's statements of funding: what is paid for whom and why."""

from collections.abc import Collection
from functools import cached_property
from tempfile import TemporaryFile
from typing import Any, ClassVar, cast
from uuid import UUID

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from banding_portal.pages import ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import Order
from banding_portal.roles import SCHOOL_ROLES, STATEMENT_READERS
from funding.choices import StatementFormat
from funding.exports.schedule import CONTENT_TYPES
from funding.exports.statement import statement_file_name, write_statement
from funding.forms.statements import StatementFilterForm
from funding.selectors.line_lists import WorkedLine
from funding.selectors.recovering import instalments_to_come
from funding.selectors.statement_changes import statement_changes
from funding.selectors.statement_year import statement_year
from funding.selectors.statements import Statement, statement_for, statements_of
from schools.models import School


class StatementList(ListPage[None]):
    """The published statements of the person's schools, or of all for an auditor, term by term."""

    allowed_roles = STATEMENT_READERS
    filter_class = StatementFilterForm
    template_name = "funding/statement_list.html"
    orders: ClassVar = {
        "term": Order(key=lambda row: (row.run.period.start, row.run.sequence)),
        "school": Order(key=lambda row: (row.school.name, row.school.urn)),
        "published": Order(key=lambda row: row.run.published_at),
        "pupils": Order(key=lambda row: row.pupils),
        "paid": Order(key=lambda row: row.amount),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def rows(self, wanted: dict[str, Any]) -> Any:
        chosen = wanted.get("school")
        return statements_of(self.user, chosen.pk if chosen else None)

    def context(self) -> dict[str, Any]:
        return {"several": cast("StatementFilterForm", self.filters).schools.count() > 1}


class AboutStatement(About[Statement], abstract=True):
    """About a school's statement of a run."""

    allowed_roles = STATEMENT_READERS

    def find(self) -> Statement:
        found = statement_for(self.user, self.kwargs["run"], self.kwargs["school"])
        if found is None:
            raise Http404
        return found

    def at_other_schools(self, schools: Collection[School]) -> dict[UUID, str]:
        """Their statements of the same run."""
        rows = [row for row in statements_of(self.user) if row.run.pk == self.found.run.pk]
        args = {row.school.pk: [row.run.pk, row.school.pk] for row in rows}
        return {pk: reverse("funding:statement_detail", args=of) for pk, of in args.items()}


class StatementDetail(AboutStatement, Page[Statement]):
    """One school's statement of one run, to read, print or download."""

    template_name = "funding/statement_detail.html"

    def context(self) -> dict[str, Any]:
        return {
            "statement": self.found,
            "year": statement_year(self.found),
            "changes": statement_changes(self.found, self.user),
            "recoveries": instalments_to_come(self.found.school.pk),
            "asks": self.user.has_role(*SCHOOL_ROLES),
        }


class StatementLine(AboutStatement, Page[Statement]):
    """One line of it with its working in a table, from which a school asks about it."""

    template_name = "funding/statement_line.html"

    @cached_property
    def worked(self) -> WorkedLine:
        lines = (each for each in self.found.lines if each.line.pk == self.kwargs["line"])
        if (found := next(lines, None)) is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        asks = self.user.has_role(*SCHOOL_ROLES)
        return {"statement": self.found, "worked": self.worked, "asks": asks}


class StatementDownload(AboutStatement):
    """The statement as CSV or Excel."""

    def get(self, *args: Any, form: str, **kwargs: Any) -> HttpResponseBase:
        if form not in StatementFormat.values:
            raise Http404
        file = TemporaryFile()  # noqa: SIM115
        year, changes = statement_year(self.found), statement_changes(self.found, self.user)
        write_statement(self.found, form, file, year, changes)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=statement_file_name(self.found, form),
            content_type=CONTENT_TYPES[StatementFormat(form)],
        )
