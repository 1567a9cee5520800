"""`draw_sample`: the sample of a collection, from a script (M1, M2)."""

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.models import Collection
from banding_portal.commands import PortalCommand
from banding_portal.refusals import RefusalError
from moderation.choices import Allocation
from moderation.exports import frozen_population, write_population
from moderation.selectors.population import PlannedDecision, Settings, planned_sample
from moderation.services.samples import (
    check_rate,
    check_seed,
    draw_sample,
    refuse_second_sample,
)
from schools.management.people import person

NO_LIST = "A dry run writes no list: who is drawn is known once the sample is drawn."


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
        parser.add_argument(
            "--seed", help="Decided before the decisions are in; otherwise the portal picks one."
        )
        parser.add_argument("--minimum", type=minimum_argument, default=1, help="Of a stratum.")
        parser.add_argument(
            "--allocation",
            choices=Allocation.values,
            default=Allocation.SHARE,
            help="The same share of each stratum, each equally precise, or where bands differed.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="How many would be drawn, not which: nobody tries seeds. Stores nothing.",
        )
        parser.add_argument(
            "--user", type=person, metavar="EMAIL", help="Who draws it, for the audit trail."
        )
        parser.add_argument("--output", type=Path, help="Write the whole population as CSV here.")

    def handle(self, *args: Any, **options: Any) -> None:
        collection = Collection.objects.filter(code=options["collection"]).first()
        problems = []
        if collection is None:
            problems.append(f"There is no collection with the code “{options['collection']}”.")
        output: Path | None = options["output"]
        if output:
            problems += [NO_LIST] if options["dry_run"] else why_not_written(output)
        if collection is None or problems:
            self.refuse(problems)
        given = Settings(options["rate"], options["minimum"], options["allocation"])
        seed = options["seed"]
        if options["dry_run"]:
            rows = planned(collection, given, seed)
        else:
            sample = draw_sample(
                collection=collection, settings=given, seed=seed, by=options["user"]
            )
            seed, rows = sample.seed, frozen_population(sample)
        if output:
            with output.open("w", encoding="utf-8", newline="") as file:
                write_population(rows, file)
        data = {
            "collection": collection.code,
            "population": len(rows),
            "strata": len({(row.quadrant, row.sector, row.band) for row in rows}),
            "sampled": sum(row.selected for row in rows),
            "seed": seed,
        }
        verb = "would be drawn" if options["dry_run"] else "drawn"
        sentence = "{sampled:,} of {population:,} decisions {verb}, from {strata:,} strata."
        self.done(data, sentence.format(verb=verb, **data))


def planned(collection: Collection, given: Settings, seed: str | None) -> list[PlannedDecision]:
    """For counting alone: drawn with another seed, of which the counts are the same."""
    refuse_second_sample(collection)
    check_seed(collection, seed)
    return list(planned_sample(collection, settings=given, seed=""))


def why_not_written(path: Path) -> list[str]:
    """Said before anything is drawn; leaves no file behind."""
    is_new = not path.exists()
    try:
        path.open("a").close()
    except OSError as problem:
        return [f"Nothing was drawn: “{path}” cannot be written ({problem.strerror})."]
    if is_new:
        path.unlink()
    return []
