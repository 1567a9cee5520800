"""Framework JSON in (interfaces.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.frameworks.services import FrameworkError, load_framework, read_framework_file
from banding_portal.commands import PortalCommand, readable_file


class Command(PortalCommand):
    help = "Load a framework from its JSON file; the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_framework(read_framework_file(file.read_bytes()))
        except FrameworkError as error:
            self.refuse(error.problems)
        framework = loaded.framework
        bands, areas = framework.bands.count(), framework.areas.count()
        self.done(
            {
                "framework": framework.code,
                "version": framework.version,
                "bands": bands,
                "areas": areas,
                "change": loaded.change,
            },
            f"{framework.name}, version {framework.version}: {loaded.change}, "
            f"{bands} bands, {areas} areas.",
        )
