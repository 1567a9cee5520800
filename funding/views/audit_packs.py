"""A published run performed again, and the auditor’s pack of it (rules.md F7)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from banding_portal.jobs.states import JobState
from banding_portal.jobs.views import JobDetail, JobPages
from banding_portal.pages import ActionPage, Page
from banding_portal.roles import FUNDING_READERS
from funding.exports.audit_pack import CONTENTS
from funding.models import AuditPack, Run
from funding.run_words import story_of
from funding.selectors.exports import kept_pack
from funding.selectors.run_page import cleared_in
from funding.services.exports import start_audit_pack
from funding.views.finding import AboutRun


class AuditPage(AboutRun, Page[Run]):
    """Who did what, the hashes, what was cleared, and what performing it again found."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/audit_pack.html"

    def context(self) -> dict[str, Any]:
        run = self.found
        return {
            "run": run,
            "story": story_of(run),
            "cleared": cleared_in(run),
            "contents": CONTENTS,
            "pack": kept_pack(run, self.user),
        }


class AuditPackMake(AboutRun, ActionPage[Run]):
    """Has the run performed again; twice pressed, it is done once."""

    allowed_roles = FUNDING_READERS
    leads_to: str

    def act(self) -> str:
        pack = start_audit_pack(run=self.found, by=self.user)
        self.leads_to = reverse("funding:audit_pack_detail", args=[pack.pk])
        return ""

    def next_url(self) -> str:
        return self.leads_to

    def back_url(self) -> str:
        return reverse("funding:audit_pack", args=[self.found.pk])


class AuditPackPages(JobPages, abstract=True):
    model = AuditPack
    detail_name = "funding:audit_pack_detail"

    def create_url(self, job: Any = None) -> str:
        return reverse("funding:audit_pack", args=[job.run_id])

    def parent_url(self, job: Any = None) -> str:
        return self.create_url(job)


class AuditPackDetail(AuditPackPages, JobDetail):
    """How far it is; then the page with what was found."""

    allowed_roles = FUNDING_READERS
    meanwhile = "When it is done, everybody in finance and the auditors find it on the same page."
    kept = "A pack made earlier stays as it was."

    def narrowed(self, jobs: Any) -> Any:
        return jobs.select_related("run__period", "started_by", "cancelled_by").defer("content")

    def words(self, done: int, total: int) -> str:
        return "steps done"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.state == JobState.DONE and not self.request.htmx:
            return redirect(self.parent_url(self.found))
        return super().get(*args, **kwargs)


class AuditPackFile(AuditPackPages):
    """The zip as it was made."""

    allowed_roles = FUNDING_READERS

    def find(self) -> AuditPack:
        pack: AuditPack = self.find_job()
        if pack.state != JobState.DONE:
            raise Http404
        return pack

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(bytes(self.found.content), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{self.found.filename}"'
        return response
