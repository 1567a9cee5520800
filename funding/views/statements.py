"""A school's statements of funding: what is paid for whom and why."""

from tempfile import TemporaryFile
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from banding_portal.access import PortalView
from banding_portal.roles import STATEMENT_READERS
from funding.exports.schedule import CONTENT_TYPES
from funding.exports.statement import StatementFormat, statement_file_name, write_statement
from funding.forms.statements import StatementFilterForm
from funding.selectors.statements import Statement, statement_for, statements_of

PAGE = 50


def statement_or_404(request: HttpRequest, run: UUID, school: UUID) -> Statement:
    statement = statement_for(request.user, run, school)
    if statement is None:
        raise Http404
    return statement


class StatementList(PortalView):
    """The published statements of the person's schools, or of all for an auditor, term by term."""

    allowed_roles = STATEMENT_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = StatementFilterForm(request.GET or None, user=request.user)
        chosen = form.cleaned_data["school"] if form.is_valid() else None
        found = statements_of(request.user, chosen.pk if chosen else None)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context = {
            "rows": page.object_list,
            "page_obj": page,
            "filters": form,
            "several": form.schools.count() > 1,
        }
        if chosen:
            context["acting_school"] = chosen
        return render(request, "funding/statement_list.html", context)


class StatementDetail(PortalView):
    """One school's statement of one run, to read, print or download."""

    allowed_roles = STATEMENT_READERS

    def get(self, request: HttpRequest, run: UUID, school: UUID) -> HttpResponse:
        statement = statement_or_404(request, run, school)
        context = {"statement": statement, "acting_school": statement.school}
        return render(request, "funding/statement_detail.html", context)


class StatementDownload(PortalView):
    """The statement as CSV or Excel."""

    allowed_roles = STATEMENT_READERS

    def get(self, request: HttpRequest, run: UUID, school: UUID, form: str) -> HttpResponseBase:
        if form not in StatementFormat.values:
            raise Http404
        statement = statement_or_404(request, run, school)
        file = TemporaryFile()  # noqa: SIM115
        write_statement(statement, form, file)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=statement_file_name(statement, form),
            content_type=CONTENT_TYPES[StatementFormat(form)],
        )
