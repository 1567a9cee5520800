"""The pages of any kind of upload: send a file, follow its check, confirm, see what it did.

A kind of upload subclasses UploadCreate and UploadDetail, names its model and roles, and may
replace the templates named in the class attributes. Every page works without JavaScript.
"""

from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from banding_portal.csv_response import csv_response
from banding_portal.files.limits import Limits
from banding_portal.files.packing import packed
from banding_portal.jobs.services import confirm_job, preview_again, start_job
from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail, JobPages
from banding_portal.pages import FormPage
from banding_portal.uploads.causes import Cause, Causes, causes_of
from banding_portal.uploads.forms import ConfirmForm, UploadForm

ROWS = 100
"""Of one cause, a page."""
HEADS = ("Sheet", "Row", "Cell", "Heading", "About", "Given", "What is wrong", "Allowed")
PARTS = ("sheet", "row", "cell", "heading", "who", "value", "message", "allowed")


def problems_file(causes: Causes) -> HttpResponse:
    problems = (problem for cause in causes.all for problem in cause.problems)
    rows = ([problem.get(part) or "" for part in PARTS] for problem in problems)
    return csv_response("problems.csv", HEADS, rows)


class UploadPages(JobPages, abstract=True):
    """What the pages of one kind of upload share."""

    heading: ClassVar[str]
    """The h1 of the page to send a file, like “Upload the register of schools”."""

    def narrowed(self, jobs: Any) -> Any:
        return jobs.defer("content")


class UploadCreate(UploadPages, FormPage[Any], abstract=True):
    """GET shows the form, POST keeps the file and asks for its check."""

    form_class: Any = UploadForm
    template_name = "uploads/create.html"
    limits: Limits
    started: Any

    def form_options(self) -> dict[str, Any]:
        return {"limits": self.limits}

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        """Further columns of the upload's row: what else the form asks for."""
        return {name: value for name, value in form.cleaned_data.items() if name != "file"}

    def act(self, form: UploadForm) -> str:
        file = form.cleaned_data["file"]
        upload = self.model(started_by=self.user, **self.extra_fields(form))
        is_packed = self.limits.packed and not file.name.lower().endswith(".zip")
        content = packed(file.name, file.chunks()) if is_packed else file.read()
        upload.set_file(file.name, content)
        self.started = start_job(upload)
        return ""

    def next_url(self) -> str:
        return self.detail_url(self.started)

    def back_url(self) -> str:
        return self.parent_url()

    def context(self) -> dict[str, Any]:
        return {"heading": self.heading, "parent_url": self.parent_url()}


class UploadDetail(UploadPages, JobDetail, abstract=True):
    """One upload in any state. POST `action` is `apply` or `cancel`."""

    template_name = "uploads/detail.html"
    preview_template = "uploads/_preview.html"
    issues_template = "uploads/_issues.html"
    apply_text = "Apply these changes"
    applied_text = "Done. The changes are saved."
    who_heading = "Who"
    """Of the tables of problems and changes."""
    next_text = "Continue"
    """Words of the button to `parent_url` once applied."""
    form: ConfirmForm | None = None

    def words(self, done: int, total: int) -> str:
        return "rows done"

    def changes_url(self) -> str:
        """Of the page that shows what it changed, row by row; empty where there is none."""
        return ""

    def is_out_of_date(self) -> bool:
        """Whether what the preview rests on is known to have changed since it was made."""
        return False

    @cached_property
    def causes(self) -> Causes:
        """Of the problems, or of the warnings where there is none."""
        return causes_of(self.found.issues or self.found.warnings)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """`?problems=csv` is all of them as a file, `?cause=2` the rows of one cause."""
        asked = self.request.GET
        if asked.get("problems") == "csv":
            return problems_file(self.causes)
        cause = self.causes.numbered(asked.get("cause", ""))
        return self.show_cause(cause) if cause else super().get(*args, **kwargs)

    def show_cause(self, cause: Cause) -> HttpResponse:
        rows = Paginator(cause.problems, ROWS).get_page(self.request.GET.get("page"))
        shown = {"page_obj": rows, "cause": cause, "upload": self.found}
        more = {"who_heading": self.who_heading, "up": self.detail_url(self.found)}
        return render(self.request, "uploads/cause.html", shown | more)

    def changes_have(self, part: str) -> bool:
        """Whether any change that is listed says this."""
        return any(each.get(part) for each in self.found.preview.get("changes", []))

    def act(self) -> HttpResponse | None:
        posted = self.request.POST
        if posted.get("action") == "cancel":
            return super().act()
        if posted.get("action") == "again":
            preview_again(self.found, by=self.user)
            return None
        self.form = ConfirmForm(self.found, posted)
        if self.form.is_about_this_preview() and not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        confirm_job(self.found, by=self.user, fingerprint=posted.get("fingerprint", ""))
        return None

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "upload": self.found,
            "form": self.form or ConfirmForm(self.found),
            "has_what": self.changes_have("what"),
            "has_notes": self.changes_have("note"),
            "has_last": self.changes_have("last"),
            "changes_columns": 3 + sum(map(self.changes_have, ("what", "note", "last"))),
            "state_template": f"uploads/_{self.found.state}.html",
            "is_out_of_date": self.found.state == JobState.READY and self.is_out_of_date(),
            "preview_template": self.preview_template,
            "issues_template": self.issues_template,
            "causes": self.causes,
            "changes_url": self.changes_url() if self.found.state == JobState.DONE else "",
            "apply_text": self.apply_text,
            "applied_text": self.applied_text,
            "next_text": self.next_text,
            "who_heading": self.who_heading,
            "changes_nothing": self.found.preview.get("is_empty", False)
            and not self.found.warnings,
        }
