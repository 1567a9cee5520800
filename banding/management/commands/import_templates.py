"""Checks many filled-in templates, each known by its mark, and applies them (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.management.commands.import_template import sent_in
from banding.models import TemplateUpload
from banding.templates_io.uploads.together import return_of_file
from banding_portal.commands import PortalCommand, readable_file
from banding_portal.refusals import RefusalError
from banding_portal.uploads.states import UploadState
from schools.models import User

Outcome = dict[str, Any]


class Command(PortalCommand):
    help = (
        "Check filled-in templates of several schools; with --apply, save those without problems."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=readable_file)
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--user", required=True, metavar="EMAIL", help="who is doing this")
        parser.add_argument("--apply", action="store_true", help="save what the files say")

    def handle(self, *, files: list[Path], collection: str, user: str, **options: Any) -> None:
        by = User.objects.filter(email__iexact=user, is_active=True).first()
        if by is None:
            self.refuse([f"There is no active account with the email address {user}."])
        outcomes = [self.outcome(file, collection, by, apply=options["apply"]) for file in files]
        applied = sum(each["status"] == "applied" for each in outcomes)
        refused = [each for each in outcomes if each["problems"]]
        data = {"files": outcomes, "applied": applied, "refused": len(refused)}
        problems = [
            {"sheet": each["file"], **problem} for each in refused for problem in each["problems"]
        ]
        if len(refused) == len(outcomes):
            self.refuse(problems, data)
        lines = [f"{each['file']}: {each['status']}" for each in outcomes]
        self.done(
            data,
            "\n".join([*lines, f"{applied:,} applied, {len(refused):,} refused."]),
            problems,
        )

    def outcome(self, file: Path, collection: str, by: User, *, apply: bool) -> Outcome:
        """What came of one file; each is a transaction of its own."""
        try:
            upload = self.work_on(file, collection, by, apply=apply)
        except RefusalError as refusal:
            problems = [{"message": str(each)} for each in refusal.problems]
            return {"file": file.name, "status": "refused", "problems": problems}
        status = "applied" if upload.state == UploadState.APPLIED else upload.state
        return {"file": file.name, "status": str(status), "problems": upload.issues}

    def work_on(self, file: Path, collection: str, by: User, *, apply: bool) -> TemplateUpload:
        pupil_return = return_of_file(file.name, file.read_bytes(), by, collection=collection)
        return sent_in(file, pupil_return, by, self.progress, apply=apply)
