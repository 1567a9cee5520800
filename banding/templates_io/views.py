"""Templates: download, upload, follow, confirm, and the sheet back with its problems."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from banding.collections.views import AboutCollection
from banding.models import Collection, Return, TemplateBatch, TemplateUpload, TemplateZip
from banding.returns.pages import AboutReturn, AtReturn
from banding.returns.progress import progress_of_return
from banding.templates_io.forms import TemplateBatchForm, TemplateUploadForm
from banding.templates_io.selectors import corrections_offered, outcomes_of
from banding.templates_io.services import (
    ask_from_upload,
    issue_template,
    start_zip,
    template_file,
)
from banding.templates_io.uploads.edits import is_out_of_date
from banding.templates_io.uploads.known import LockedReturn
from banding.templates_io.uploads.marked import can_be_marked, marked_workbook
from banding.templates_io.uploads.sheets import TemplateSheets
from banding.templates_io.uploads.undoing import undo_upload
from banding.templates_io.workbooks.columns import BESIDE, LIMITS
from banding_portal.files.tables import Table
from banding_portal.jobs.services import start_job
from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail, JobPages
from banding_portal.looking import is_named
from banding_portal.pages import ActionPage, FormPage
from banding_portal.refusals import RefusalError
from banding_portal.roles import BANDING_SCHOOL_ROLES, SENCO, SEND_OFFICER
from banding_portal.uploads.forms import UploadForm
from banding_portal.uploads.mend_views import UploadMend
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import counted

NOTHING_BUT_CORRECTIONS = "All decisions in the file are on the portal already."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(name: str, content: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, XLSX, headers={"Content-Disposition": disposition})


class TemplateDownload(AboutReturn):
    """The return's current template; a new version where its pupils changed."""

    allowed_roles = own_roles = SENCO

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            issued = issue_template(pupil_return=self.found, by=self.user)
        except RefusalError as refusal:
            return self.refused(refusal)
        file = template_file(issued)
        return workbook_response(file.name, file.content)


class TemplatePages(UploadPages, AtReturn[Any], abstract=True):
    model = TemplateUpload
    heading = "Upload a filled-in template"
    detail_name = "banding:template_upload_detail"

    @property
    def pupil_return(self) -> Return:
        return self.found.pupil_return

    def narrowed(self, jobs: Any) -> Any:
        about = ("pupil_return__collection__framework", "pupil_return__school")
        return super().narrowed(jobs).defer("rows").select_related(*about)

    def create_url(self, job: Any = None) -> str:
        return reverse("banding:template_upload", args=[self.pupil_return.pk])

    def parent_url(self, job: Any = None) -> str:
        return reverse("banding:return_detail", args=[self.pupil_return.pk])


class TemplateUploadCreate(TemplatePages, UploadCreate, AboutReturn):
    """Choose the file; the limits are told beforehand."""

    allowed_roles = own_roles = SENCO
    form_class = TemplateUploadForm
    limits = LIMITS
    template_name = "banding/template_upload.html"

    @property
    def pupil_return(self) -> Return:
        return self.found

    def why_closed(self) -> str:
        return self.found.why_closed

    def extra_fields(self, form: UploadForm) -> dict[str, Any]:
        return {"pupil_return": self.found}


class TemplateUploadDetail(TemplatePages, UploadDetail):
    """Progress, problems or preview, and what was saved."""

    allowed_roles = BANDING_SCHOOL_ROLES
    write_roles = own_write_roles = SENCO
    template_name = "banding/template_upload_detail.html"
    issues_template = "banding/_template_issues.html"
    preview_template = "banding/_template_preview.html"
    apply_text = "Apply these decisions"
    who_heading = "Pupil"
    applied_text = "The decisions are saved as drafts. Submit the return when it is complete."

    def context(self) -> dict[str, Any]:
        offered = corrections_offered(self.found)
        return super().context() | {
            "marked": can_be_marked(self.found),
            "mend_url": self.mend_url(),
            "corrections": offered,
            "can_ask": any(each.can_be_asked for each in offered),
            "nothing_text": NOTHING_BUT_CORRECTIONS if offered else "",
            "can_undo": self.found.can_be_undone,
            "changes_nothing": self.found.preview.get("is_empty"),
            "changes_caption": "Decisions and changes",
            "new_caption": "Joiners",
            "note_heading": "Still missing",
            "last_heading": "Last time",
            **self.next_step(),
        }

    def is_out_of_date(self) -> bool:
        return is_out_of_date(self.found.preview, progress_of_return(self.pupil_return))

    def next_step(self) -> dict[str, str]:
        """Where a return leads whose pupils are all done now."""
        pupil_return = self.pupil_return
        if self.found.state != JobState.DONE or pupil_return.why_closed:
            return {}
        if not progress_of_return(pupil_return).is_complete:
            return {}
        return {
            "applied_text": "The decisions are saved as drafts. Every pupil is done.",
            "next_text": "Check answers and submit",
            "next_url": reverse("banding:return_check", args=[pupil_return.pk]),
        }

    def act(self) -> HttpResponse | None:
        action = self.request.POST.get("action")
        if action == "ask":
            messages.success(self.request, self.ask())
            return None
        if action != "undo":
            return super().act()
        messages.success(self.request, undo_upload(upload=self.found, by=self.user).words)
        return None

    def ask(self) -> str:
        ticked = self.request.POST.getlist("pupil")
        count = ask_from_upload(upload=self.found, pupils=ticked, by=self.user)
        return f"The authority is asked to correct the details of {counted(count, 'pupil')}."

    def mend_url(self) -> str:
        """Of the page to correct the problems; empty where they are not in rows."""
        can = can_be_marked(self.found) and not self.pupil_return.why_closed
        return reverse("banding:template_upload_mend", args=[self.found.pk]) if can else ""


class TemplateUploadMend(TemplatePages, UploadMend):
    """The cells with problems, to be corrected without going back to Excel."""

    allowed_roles = own_roles = SENCO
    beside = BESIDE

    def why_closed(self) -> str:
        return self.pupil_return.why_closed or super().why_closed()

    def tables(self) -> list[Table]:
        upload = self.found
        sheets = TemplateSheets.read(upload.filename, bytes(upload.content), upload.mends)
        sheets.match(LockedReturn(self.pupil_return).columns)
        return sheets.tables


class TemplateUploadMarked(TemplatePages):
    """The sheet that was sent, with an Errors column (T6)."""

    allowed_roles = BANDING_SCHOOL_ROLES

    def find(self) -> TemplateUpload:
        return self.find_job()

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_be_marked(self.found):
            raise Http404
        pupil_return = self.pupil_return
        for pupil in pupil_return.pupils.values_list("pupil", flat=True):
            is_named(pupil)
        name = f"{pupil_return.collection.code}-{pupil_return.school.urn}-problems.xlsx"
        return workbook_response(name, marked_workbook(self.found))


class TemplateZipMake(AboutCollection, ActionPage[Collection]):
    """Has every school's workbook made."""

    allowed_roles = SEND_OFFICER
    leads_to = ""

    def act(self) -> str:
        made = start_zip(collection=self.found, by=self.user)
        self.leads_to = reverse("banding:template_zip", args=[made.pk])
        return ""

    def next_url(self) -> str:
        return self.leads_to or super().next_url()

    def back_url(self) -> str:
        return super().next_url()


class TemplateZipDetail(JobDetail):
    """How far the workbooks are, then the archive."""

    allowed_roles = SEND_OFFICER
    model = TemplateZip
    detail_name = "banding:template_zip"
    kept = "An archive made before is as it was."
    meanwhile = "When it is done, the archive is on this page."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("collection", "started_by", "cancelled_by").defer("content")

    def create_url(self, job: Any = None) -> str:
        return self.parent_url(job)

    def parent_url(self, job: Any = None) -> str:
        return reverse("banding:collection_detail", args=[self.found.collection_id])

    def words(self, done: int, total: int) -> str:
        return "workbooks made"

    def context(self) -> dict[str, Any]:
        done = {"state_template": "banding/_template_zip_done.html"}
        return super().context() | (done if self.found.state == JobState.DONE else {})


class TemplateZipFile(TemplateZipDetail):
    """The archive as it was made."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state != JobState.DONE:
            raise Http404
        disposition = f'attachment; filename="{self.found.filename}"'
        headers = {"Content-Disposition": disposition}
        return HttpResponse(bytes(self.found.content), "application/zip", headers=headers)


class BatchPages(JobPages, abstract=True):
    model = TemplateBatch
    create_name, detail_name = "banding:template_batch_create", "banding:template_batch"
    parent_name = "banding:return_list"


class TemplateBatchCreate(BatchPages, FormPage[None]):
    """Choose many files, or a zip of them."""

    allowed_roles = SENCO
    form_class = TemplateBatchForm
    template_name = "uploads/create.html"
    started: TemplateBatch

    def form_options(self) -> dict[str, Any]:
        return {"limits": LIMITS}

    def act(self, form: TemplateBatchForm) -> str:
        batch = TemplateBatch(started_by=self.user)
        batch.set_file(counted(len(form.cleaned_data["workbooks"]), "file"), form.packed)
        self.started = start_job(batch)
        return ""

    def next_url(self) -> str:
        return self.detail_url(self.started)

    def back_url(self) -> str:
        return self.parent_url()

    def context(self) -> dict[str, Any]:
        return {
            "heading": "Upload several templates",
            "introduction": (
                "Each workbook says which school and collection it is for, so you can send those "
                "of several schools together. Each is checked by itself."
            ),
            "checked_text": (
                "The files are checked first. You see what each would change, and nothing is "
                "saved until you say so."
            ),
            "parent_url": self.parent_url(),
        }


class TemplateBatchDetail(BatchPages, JobDetail):
    """How far they are, then one table of what became of each."""

    allowed_roles = SENCO
    kept = "None of the files was taken."
    meanwhile = "When it is done, this page says what became of each file."

    def find(self) -> TemplateBatch:
        found: TemplateBatch = self.find_job()
        return found

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("started_by", "cancelled_by").defer("content")

    def words(self, done: int, total: int) -> str:
        return "files read"

    def context(self) -> dict[str, Any]:
        shown = super().context() | {"heading": "Several templates"}
        if self.found.state != JobState.DONE:
            return shown
        outcomes = outcomes_of(self.found, self.user)
        return shown | {
            "state_template": "banding/_template_batch_done.html",
            "outcomes": outcomes,
            "taken": sum(each.upload is not None for each in outcomes),
            "again_url": reverse(self.create_name),
        }
