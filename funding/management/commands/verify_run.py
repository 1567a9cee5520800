"""A run performed again from what its lines keep (interfaces.md, rules.md F7)."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, writable_file, writing
from banding_portal.words import counted, money
from funding.exports.audit_pack import write_pack
from funding.management.commands.export_schedule import run_identifier
from funding.models import Run
from funding.selectors.verifying import verify


class Command(PortalCommand):
    help = "Perform a run again from its stored lines, print the hashes, and say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--run", type=run_identifier, required=True, help="The run’s identifier."
        )
        parser.add_argument(
            "--pack", type=writable_file, help="Write the auditor’s pack of the run, a zip."
        )

    def handle(self, *args: Any, run: UUID, pack: Path | None, **options: Any) -> None:
        found = Run.objects.select_related("period__calendar", "prepared_by", "sent_by")
        this = found.select_related("published_by").filter(pk=run).first()
        if this is None:
            self.refuse([f"There is no run {run}."])
        verification = verify(this)
        if pack:
            with writing(pack):
                write_pack(verification, pack)
        if verification.differences:
            self.refuse(verification.differences, verification.as_dict())
        changed = " Something it was worked out from has changed since."
        self.done(
            verification.as_dict(),
            f"{this}: no difference. {counted(verification.lines, 'line')}, control total "
            f"{money(this.control_total)}.{changed if verification.inputs_changed else ''}\n"
            f"SHA-256 of the lines {this.lines_hash}\nSHA-256 of the inputs {this.inputs_hash}",
        )
