"""Checks a filled-in template, and applies it, with the same code as the pages (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from banding.management.commands.export_template import find_return
from banding.models import Return, TemplateUpload
from banding.templates_io.uploads.together import no_return, refuse_stranger
from banding_portal.commands import PortalCommand, readable_file
from banding_portal.jobs.results import Progress
from banding_portal.jobs.services import confirm_job
from banding_portal.jobs.working import work_on_job
from banding_portal.uploads.states import UploadState
from schools.models import User


def sent_in(
    file: Path, pupil_return: Return, by: User, progress: Progress, *, apply: bool
) -> TemplateUpload:
    """The upload of a file, checked and, where it may be, applied, in the foreground."""
    upload = TemplateUpload(pupil_return=pupil_return, started_by=by)
    upload.set_file(file.name, file.read_bytes())
    upload.save()
    work(upload, progress)
    if apply and upload.state == UploadState.READY:
        # In one transaction, so that the task which confirming sends finds the work done.
        with transaction.atomic():
            confirm_job(upload, by=by, fingerprint=upload.fingerprint)
            work(upload, progress)
    return upload


def work(upload: TemplateUpload, progress: Progress) -> None:
    work_on_job(TemplateUpload, upload.pk, progress)
    upload.refresh_from_db()


class Command(PortalCommand):
    help = "Check a filled-in template of a school; with --apply, save it and confirm its warnings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--urn", required=True)
        parser.add_argument("--user", required=True, metavar="EMAIL", help="who is doing this")
        parser.add_argument("--apply", action="store_true", help="save what the file says")

    def handle(self, *, file: Path, collection: str, urn: str, user: str, **options: Any) -> None:
        pupil_return = find_return(collection, urn)
        by = User.objects.filter(email__iexact=user, is_active=True).first()
        problems = [] if pupil_return else [no_return(collection, urn)]
        problems += [] if by else [f"There is no active account with the email address {user}."]
        if pupil_return is None or by is None:
            self.refuse(problems)
        refuse_stranger(by, pupil_return)
        self.tell(sent_in(file, pupil_return, by, self.progress, apply=options["apply"]))

    def tell(self, upload: TemplateUpload) -> None:
        preview, applied = upload.preview, upload.state == UploadState.APPLIED
        counts = dict.fromkeys(("new", "changed", "unchanged", "joiners", "left"), 0)
        counts |= preview.get("counts", {})
        data = {
            "status": "applied" if applied else upload.state,
            "issues": upload.issues,
            "warnings": upload.warnings,
            "corrections": preview.get("corrections", []),
            **counts,
            "applied": applied,
        }
        if upload.state == UploadState.FAILED:
            self.refuse([f"This could not be finished. The reference is {upload.reference}."], data)
        if upload.issues:
            self.refuse(upload.issues, data)
        done = "Applied" if applied else "Nothing has been saved yet; --apply saves it"
        self.done(
            data,
            f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['unchanged']:,} "
            f"unchanged, {counts['joiners']:,} joiners. {done}.",
        )
        if not self.as_json:
            for warning in upload.warnings:
                self.stderr.write(f"{warning['who']}: {warning['message']}")
