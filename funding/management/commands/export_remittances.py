"""Every remittance of a run into a zip (interfaces.md, rules.md F17)."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, writable_file, writing
from banding_portal.words import counted, money
from funding.exports.remittances import write_remittances
from funding.management.commands.export_schedule import run_identifier
from funding.models import Run


class Command(PortalCommand):
    help = "Write a remittance for each payee of a run, and a list of them, into a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--run", type=run_identifier, required=True, help="The run’s identifier."
        )
        parser.add_argument("--output", type=writable_file, required=True)

    def handle(self, *args: Any, run: UUID, output: Path, **options: Any) -> None:
        found = Run.objects.select_related("period").filter(pk=run).first()
        if found is None:
            self.refuse([f"There is no run {run}."])
        if output.exists() and not output.is_file():
            self.refuse([f"{output} is not a file that remittances can replace."])
        unfinished = output.with_name(f"{output.name}.part")
        with writing(output):
            try:
                with unfinished.open("w+b") as file:
                    packed = write_remittances(found, file, self.progress)
                digest = hashlib.sha256(unfinished.read_bytes()).hexdigest()
                unfinished.replace(output)
            finally:
                unfinished.unlink(missing_ok=True)
        figures = {"payees": packed.payees, "lines": packed.lines, "total": packed.total}
        self.done(
            figures | {"sha256": digest},
            f"{found}: {counted(packed.payees, 'remittance')}, {money(packed.total)}, in {output}.",
        )
