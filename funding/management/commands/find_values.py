"""Looks for values that fit a budget and rules (docs/commands.md)."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.files.json_files import read_json
from banding_portal.words import counted, money
from funding.scenarios.finding_values import contradiction
from funding.scenarios.preparing import find_values
from funding.scenarios.results import proposal_as_json
from funding.scenarios.services import look_up_protection
from funding.scenarios.terms import LIMITS
from funding.scenarios.wishes import read_wish


@contextmanager
def nothing_printed() -> Iterator[None]:
    """HiGHS now and then prints a line about itself, past Python, whatever it is told."""
    libc = ctypes.CDLL(None)
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        libc.fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class Command(PortalCommand):
    help = "Look for band values that fit a budget and rules. Nothing in it touches real values."

    lists_objects = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        wish, issues = read_wish(read_json("wish.json", file.read_bytes(), LIMITS))
        if wish is None:
            self.refuse(issues)
        look_up_protection(wish.year)
        with nothing_printed():
            proposal = find_values(wish)
        if proposal.cost is None:
            sentence = "\n".join(contradiction(proposal))
        else:
            sentence = (
                f"{counted(len(proposal.values), 'value')} found that cost "
                f"{money(proposal.cost)} of {money(proposal.budget)}."
            )
        self.done({"name": wish.name, "year": wish.year, **proposal_as_json(proposal)}, sentence)
