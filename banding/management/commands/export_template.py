"""Writes the workbook of a school's return (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from banding.models import Return
from banding.templates_io.services import issue_template, template_file
from banding.templates_io.uploads.together import no_return
from banding_portal.commands import PortalCommand, writing


def find_return(collection: str, urn: str) -> Return | None:
    found = Return.objects.select_related("collection__framework", "school")
    return found.filter(collection__code=collection, school__urn=urn).first()


class Command(PortalCommand):
    help = "Write the template of a school for a collection."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--urn", required=True)
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *, collection: str, urn: str, output: Path, **options: Any) -> None:
        pupil_return = find_return(collection, urn)
        if pupil_return is None:
            self.refuse([no_return(collection, urn)])
        with transaction.atomic(), writing(output):
            file = template_file(issue_template(pupil_return=pupil_return, by=None))
            output.write_bytes(file.content)
        rows, version = len(file.issued.row_keys), file.issued.version
        self.done(
            {"rows": rows, "template_version": version, "output": str(output)},
            f"{output}: {rows:,} pupils, version {version} of the template.",
        )
