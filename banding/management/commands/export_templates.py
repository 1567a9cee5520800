"""Writes the workbooks of every school of a collection into one archive (interfaces.md)."""

import zipfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.models import Collection, Return
from banding.templates_io.services import issue_template, template_file
from banding_portal.commands import PortalCommand
from banding_portal.refusals import RefusalError


class Command(PortalCommand):
    help = "Write the template of every school whose return is open into a zip archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--output", required=True, type=Path, metavar="ZIP")

    def handle(self, *, collection: str, output: Path, **options: Any) -> None:
        found = Collection.objects.filter(code=collection).first()
        if found is None:
            self.refuse([f"There is no collection {collection}."])
        returns = Return.objects.filter(collection=found).order_by("school__urn")
        related = returns.select_related("collection__framework", "school")
        try:
            with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
                rows, left_out = self.write(archive, list(related))
        except OSError as error:
            self.refuse([f"The file {output} cannot be written: {error.strerror}."])
        self.done(
            {"workbooks": len(rows), "rows": sum(rows), "left_out": left_out},
            f"{output}: {len(rows):,} workbooks, {sum(rows):,} pupils.",
            [f"Left out, because nothing can be uploaded now: {each}." for each in left_out],
        )

    def write(self, archive: zipfile.ZipFile, returns: list[Return]) -> tuple[list[int], list[str]]:
        """How many pupils each workbook has, and the URNs of returns that are closed."""
        rows, left_out = list[int](), list[str]()
        for done, pupil_return in enumerate(returns, start=1):
            try:
                file = template_file(issue_template(pupil_return=pupil_return, by=None))
            except RefusalError:
                left_out.append(pupil_return.school.urn)
            else:
                archive.writestr(file.name, file.content)
                rows.append(len(file.issued.row_keys))
            self.progress(done, len(returns))
        return rows, left_out
