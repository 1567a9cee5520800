"""Tells what has changed at a school in a round (interfaces.md, B10)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.management.commands.export_template import find_return
from banding.rounds.telling import tell_changes
from banding.templates_io.uploads.together import no_return
from banding_portal.commands import PortalCommand, readable_file
from banding_portal.roles import Role
from schools.models import User

COUNTS = ("joiners", "leavers", "staying", "changes")


class Command(PortalCommand):
    help = "Report the joiners, leavers, pupils staying on and changed bands of a school."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file, help="CSV, see docs/commands.md")
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--urn", required=True)
        parser.add_argument("--user", required=True, metavar="EMAIL", help="who reports it")

    def handle(self, *, file: Path, collection: str, urn: str, user: str, **options: Any) -> None:
        pupil_return = find_return(collection, urn)
        by = User.objects.filter(email__iexact=user, is_active=True).first()
        problems = [] if pupil_return else [no_return(collection, urn)]
        problems += [] if by else [f"There is no active account with the email address {user}."]
        if pupil_return is None or by is None:
            self.refuse(problems)
        if pupil_return.school_id not in by.school_ids_as(Role.SENCO):
            self.refuse([f"{by} is not a SENCO of {pupil_return.school}. Only they may do this."])
        content = file.read_bytes()
        told = tell_changes(pupil_return=pupil_return, filename=file.name, content=content, by=by)
        counts = {name: getattr(told, name) for name in COUNTS}
        said = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        then = "Submit the return when it is done."
        if not told.in_return:
            then = "The return can no longer change, so an officer deals with these separately."
        data = {**counts, "in_return": told.in_return, "problems": []}
        self.done(data, f"Reported: {said}. {then}")
