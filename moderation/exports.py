"""The population of a sample as a list anyone can repeat the draw from (M2, T9)."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import IO

from django.http import HttpResponse

from banding_portal.csv_text import as_text
from moderation.models import Sample
from moderation.selectors.population import PlannedDecision

COLUMNS = [field.name for field in fields(PlannedDecision)]


def write_population(rows: Iterable[PlannedDecision], file: IO[str] | HttpResponse) -> None:
    """CSV of the whole population: `selected` is 1 or 0, so that its sum is the sample."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            [
                as_text(value)
                if isinstance(value, str)
                else int(value)
                if isinstance(value, bool)
                else value
                for value in astuple(row)
            ]
        )


def frozen_population(sample: Sample) -> list[PlannedDecision]:
    """The stored population, in the order of the draw."""
    rows = sample.population.order_by().values_list("decision_id", *COLUMNS[1:])
    return sorted(
        (PlannedDecision(*row) for row in rows),
        key=lambda row: (row.quadrant, row.sector, row.band, row.hash),
    )
