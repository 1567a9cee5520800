"""Framework JSON in (interfaces.md)."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.frameworks.services import import_framework
from banding_portal.commands import PortalCommand, readable_file


class Command(PortalCommand):
    help = "Load and publish a framework from its JSON file; the same again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument(
            "--draft", action="store_true", help="Leave it to be published on its page."
        )

    def handle(self, *args: Any, file: Path, draft: bool, **options: Any) -> None:
        run = partial(
            import_framework,
            filename="framework.json",
            content=file.read_bytes(),
            publish=not draft,
        )
        preview = self.run_file(run, {}).preview
        bands, areas = preview["counts"]["bands"], preview["counts"]["areas"]
        self.done(
            {
                "framework": preview["framework"],
                "version": preview["version"],
                "bands": bands,
                "areas": areas,
                "change": preview["change"],
            },
            f"{preview['name']}, version {preview['version']}: {preview['change']}, "
            f"{bands} bands, {areas} areas.",
        )
