"""Writes the lists of a round (interfaces.md, B10)."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from banding.choices import RoundList
from banding.management.commands.export_template import find_return
from banding.models import Collection
from banding.rounds.selectors import RoundRow, is_round, round_rows
from banding.templates_io.uploads.together import no_return
from banding_portal.commands import PortalCommand, writing

HEADINGS = ("urn", "pupil_id", "list", "basis", "band", "decision_date", "source")


class Command(PortalCommand):
    help = "Write who carries on, who leaves, and whom the schools are asked about."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", required=True, metavar="CODE")
        parser.add_argument("--urn", default="", help="of one school only")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *, collection: str, urn: str, output: Path, **options: Any) -> None:
        found = Collection.objects.filter(code=collection).first()
        if found is None:
            self.refuse([f"There is no collection with the code {collection}."])
        if not is_round(found):
            self.refuse([f"{found.name} is not a round: nobody is rolled forward in an exercise."])
        if urn and find_return(collection, urn) is None:
            self.refuse([no_return(collection, urn)])
        rows = list(round_rows(found, urn))
        with writing(output):
            write_rows(output, rows)
        counts = {name: sum(row.list == name for row in rows) for name in RoundList.values}
        listed = ", ".join(
            f"{count:,} {RoundList(name).label.lower()}" for name, count in counts.items()
        )
        self.done(counts, f"{output}: {listed}.")


def write_rows(output: Path, rows: Iterable[RoundRow]) -> None:
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(line_of(each) for each in rows)


def line_of(each: RoundRow) -> tuple[str, ...]:
    decision = each.forward.decision
    rests_on = ("", "", "")
    if decision and decision.band:
        day = decision.effective_from.isoformat()
        rests_on = (decision.band.code, day, decision.source)
    who = each.row.pupil_return.school.urn, each.row.pupil.reference
    return (*who, str(each.list), each.forward.standing.basis, *rests_on)
