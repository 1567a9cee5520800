"""`draw_sample`: the sample of a collection, from a script (M1, M2)."""

import argparse
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.models import Collection
from banding_portal.commands import PortalCommand
from banding_portal.refusals import RefusalError
from moderation.exports import frozen_population, write_population
from moderation.selectors.population import PlannedDecision, planned_sample
from moderation.services.samples import check_rate, draw_sample, refuse_second_sample
from schools.management.people import person
from schools.models import User


def rate_argument(text: str) -> Decimal:
    """0.1 or 10%; wrong usage where it is neither."""
    number, share = text.removesuffix("%"), text.endswith("%")
    try:
        rate = Decimal(number) / (100 if share else 1)
        check_rate(rate)
    except (InvalidOperation, RefusalError) as problem:
        raise argparse.ArgumentTypeError("The rate is a share like 0.1 or 10%.") from problem
    return rate


def minimum_argument(text: str) -> int:
    if not text.isdecimal() or int(text) > 32767:
        raise argparse.ArgumentTypeError("The minimum is a whole number, 0 or more.")
    return int(text)


class Command(PortalCommand):
    help = "Draws the sample of a collection: quadrant × sector × band, repeatable from its seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, help="Its code.")
        parser.add_argument("--rate", required=True, type=rate_argument, help="Like 0.1 or 10%%.")
        parser.add_argument("--seed", required=True)
        parser.add_argument("--minimum", type=minimum_argument, default=1, help="Of a stratum.")
        parser.add_argument("--dry-run", action="store_true", help="Work it out, store nothing.")
        parser.add_argument(
            "--user", type=person, metavar="EMAIL", help="Who draws it, for the audit trail."
        )
        parser.add_argument("--output", type=Path, help="Write the whole population as CSV here.")

    def handle(self, *args: Any, **options: Any) -> None:
        collection = Collection.objects.filter(code=options["collection"]).first()
        problems = []
        if collection is None:
            problems.append(f"There is no collection with the code “{options['collection']}”.")
        if not options["seed"].strip():
            problems.append("Enter a seed, so that anyone can repeat the draw.")
        if collection is None or problems:
            self.refuse(problems)
        draw = {name: options[name] for name in ("rate", "seed", "minimum")}
        rows = (
            planned(collection, draw)
            if options["dry_run"]
            else drawn(collection, draw, options["user"])
        )
        if options["output"]:
            with options["output"].open("w", encoding="utf-8", newline="") as file:
                write_population(rows, file)
        data = {
            "collection": collection.code,
            "population": len(rows),
            "strata": len({(row.quadrant, row.sector, row.band) for row in rows}),
            "sampled": sum(row.selected for row in rows),
        }
        verb = "would be drawn" if options["dry_run"] else "drawn"
        sentence = "{sampled:,} of {population:,} decisions {verb}, from {strata:,} strata."
        self.done(data, sentence.format(verb=verb, **data))


def planned(collection: Collection, draw: dict[str, Any]) -> Sequence[PlannedDecision]:
    refuse_second_sample(collection)
    return planned_sample(collection, **draw)


def drawn(
    collection: Collection, draw: dict[str, Any], by: User | None
) -> Sequence[PlannedDecision]:
    return frozen_population(draw_sample(collection=collection, by=by, **draw))
