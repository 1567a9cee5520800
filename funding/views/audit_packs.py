"""A published run performed again, and the auditor’s pack of it (rules.md F7)."""

from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import FUNDING_READERS
from funding.exports.audit_pack import CONTENTS
from funding.models import AuditPack, Run
from funding.run_words import story_of
from funding.selectors.exports import kept_file
from funding.selectors.run_page import cleared_in
from funding.services.exports import start_audit_pack
from funding.views.finding import AboutRun
from funding.views.run_files import RunFileDetail, RunFileDownload, RunFileMake, RunFilePages


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
            "pack": kept_file(AuditPack, run, self.user),
        }


class AuditPackMake(RunFileMake):
    """Has the run performed again; twice pressed, it is done once."""

    allowed_roles = FUNDING_READERS
    start = start_audit_pack
    page_name, detail_name = "funding:audit_pack", "funding:audit_pack_detail"


class AuditPackPages(RunFilePages, abstract=True):
    model = AuditPack
    page_name, detail_name = "funding:audit_pack", "funding:audit_pack_detail"


class AuditPackDetail(AuditPackPages, RunFileDetail):
    allowed_roles = FUNDING_READERS
    meanwhile = "When it is done, everybody in finance and the auditors find it on the same page."
    kept = "A pack made before is as it was."

    def words(self, done: int, total: int) -> str:
        return "steps done"


class AuditPackFile(AuditPackPages, RunFileDownload):
    allowed_roles = FUNDING_READERS
