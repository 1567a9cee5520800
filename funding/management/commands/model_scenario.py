"""Works a scenario out and prints what it comes to (docs/commands.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand, readable_file
from banding_portal.files.json_files import read_json
from banding_portal.words import counted, money, signed_money
from funding.scenarios.preparing import model_scenario
from funding.scenarios.results import as_json
from funding.scenarios.services import look_up_protection
from funding.scenarios.terms import LIMITS, read_scenario


class Command(PortalCommand):
    help = "Work out what a scenario would cost. Nothing in it touches real values."

    lists_objects = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        terms, issues = read_scenario(read_json("scenario.json", file.read_bytes(), LIMITS))
        if terms is None:
            self.refuse(issues)
        look_up_protection(terms.year)
        outcome = model_scenario(terms)
        against = outcome.headroom
        room = "" if against is None else f", {signed_money(against)} of the budget left"
        who = f"{counted(outcome.pupils.winners, 'pupil')} would gain"
        sentence = (
            f"{terms.name}: {money(outcome.total)} in {terms.year}, "
            f"{money(outcome.today)} at today’s values{room}. "
            f"{who} and {outcome.pupils.losers:,} lose."
        )
        self.done({"name": terms.name, "year": terms.year, **as_json(outcome)}, sentence)
