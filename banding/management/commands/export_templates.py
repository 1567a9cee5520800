"""Writes the workbooks of every school of a collection into one archive (interfaces.md)."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.models import Collection
from banding.templates_io.services import zip_templates
from banding_portal.commands import PortalCommand, writing


class Command(PortalCommand):
    help = "Write the template of every school whose return is open into a zip archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--output", required=True, type=Path, metavar="ZIP")

    def handle(self, *, collection: str, output: Path, **options: Any) -> None:
        found = Collection.objects.filter(code=collection).first()
        if found is None:
            self.refuse([f"There is no collection {collection}."])
        with writing(output), output.open("wb") as file:
            zipped = zip_templates(found, file, by=None, progress=self.progress, drafts=True)
        self.done(
            asdict(zipped),
            f"{output}: {zipped.workbooks:,} workbooks, {zipped.rows:,} pupils.",
            [f"Left out, because nothing can be uploaded now: {each}." for each in zipped.left_out],
        )
