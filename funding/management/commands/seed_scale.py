"""A large invented authority for benchmarks (interfaces.md)."""

import argparse
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand
from banding_portal.words import counted
from funding.services.scale import seed_scale


def count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 5_000_000:
        raise argparse.ArgumentTypeError("Give a number from 1 to 5,000,000.")
    return number


class Command(PortalCommand):
    needs_owner = True
    help = "Invent a large authority in an empty database, to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schools", type=count, required=True)
        parser.add_argument("--pupils", type=count, required=True)

    def handle(self, *args: Any, schools: int, pupils: int, **options: Any) -> None:
        seeded = seed_scale(schools=schools, pupils=pupils)
        self.done(
            asdict(seeded),
            f"Invented {counted(schools, 'school')}, {counted(pupils, 'pupil')}, "
            f"{counted(seeded.placements, 'placement')}.",
        )
