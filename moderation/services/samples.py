"""Working out and drawing the sample of a collection (M1, M2)."""

import math
import secrets
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from banding.models import Collection
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.choices import CaseKind
from moderation.models import Case, Sample, SampleDecision
from moderation.sampling import half_width
from moderation.selectors.moderators import moderator_memberships
from moderation.selectors.population import (
    PlannedDecision,
    StratumRow,
    applications_of,
    planned_sample,
    planned_strata,
)
from schools.models import User

BATCH = 2000
RATE_PLACES = 4


@dataclass(frozen=True)
class SamplePreview:
    """What a draw with these settings would give now."""

    strata: list[StratumRow]
    moderators: int
    """People who moderate now in the quadrants of the strata."""

    @property
    def population(self) -> int:
        return sum(row.size for row in self.strata)

    @property
    def sampled(self) -> int:
        return sum(row.sample for row in self.strata)

    @property
    def half_width(self) -> float | None:
        """Half the 95 % interval of a share of one half, 0 to 1; None where not defined."""
        return half_width([(row.size, row.sample) for row in self.strata])

    @property
    def cases_each(self) -> int | None:
        return math.ceil(self.sampled / self.moderators) if self.moderators else None


def preview_sample(collection: Collection, *, rate: Decimal, minimum: int = 1) -> SamplePreview:
    """Population and sample by stratum, precision and work per moderator; changes nothing.

    Raises RefusalError for a rate outside 0 to 1.
    """
    check_rate(rate)
    strata = planned_strata(collection, rate=rate, minimum=minimum)
    people = moderator_memberships().filter(quadrant__name__in={row.quadrant for row in strata})
    return SamplePreview(strata, people.values("user").distinct().count())


@verb
def draw_sample(
    *, collection: Collection, rate: Decimal, seed: str, minimum: int = 1, by: User | None
) -> Sample:
    """Freeze the population, draw from it and make a case of each decision drawn (M1, M2).

    `by` is None for a command that names nobody. Raises RefusalError when the collection has a
    sample or nothing to draw from.
    """
    if by is not None:
        sample_actions(Sample(collection=collection), by).require("draw")
    check_rate(rate)
    if not seed.strip():
        raise RefusalError("Enter a seed, so that anyone can repeat the draw.")
    # The lock makes a second draw wait and then see the first.
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    refuse_second_sample(collection)
    planned = planned_sample(collection, rate=rate, seed=seed, minimum=minimum)
    applied = applications_of(collection)
    if not applied and not any(row.selected for row in planned):
        raise RefusalError(nothing_to_draw(collection, len(planned)))
    sample = Sample.objects.create(
        collection=collection, rate=rate, seed=seed, minimum=minimum, drawn_by=by
    )
    rows = [
        SampleDecision(sample=sample, decision_id=row.decision, **frozen_columns(row))
        for row in planned
    ]
    SampleDecision.objects.bulk_create(rows, batch_size=BATCH)
    drawn = [row.decision_id for row in rows if row.selected]
    make_cases(sample, drawn, applied)
    return sample


def refuse_second_sample(collection: Collection) -> None:
    """Raises RefusalError when the collection has its sample."""
    if Sample.objects.filter(collection=collection).exists():
        raise RefusalError(
            f"The sample of “{collection}” has been drawn already. A collection has one sample, "
            "so that nobody can draw until the list suits them."
        )


def frozen_columns(row: PlannedDecision) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "decision"}


def make_cases(sample: Sample, drawn: list[UUID], applied: set[UUID]) -> None:
    """Of each decision drawn, and of every application besides: it pays only once moderated (B13).
    Those are targeted, and in no statistics (M3).
    """
    kinds = dict.fromkeys(drawn, CaseKind.RANDOM)
    kinds |= dict.fromkeys(sorted(applied - kinds.keys()), CaseKind.TARGETED)
    references = neutral_references(len(kinds))
    cases = [
        Case(sample=sample, decision_id=decision, kind=kind, reference=reference)
        for (decision, kind), reference in zip(kinds.items(), references, strict=True)
    ]
    Case.objects.bulk_create(cases, batch_size=BATCH)


def neutral_references(count: int) -> list[str]:
    """That many different names like 7F3A, by chance alone.

    Not made from seed, hash or order: whoever holds the exported list could else find out which
    decision, and so which band, a blind case is about (M4).
    """
    digits = 4
    while 16**digits < count * 8:
        digits += 1
    chosen = secrets.SystemRandom().sample(range(16**digits), count)
    return [f"{number:0{digits}X}" for number in chosen]


def check_rate(rate: Decimal) -> None:
    if not (rate.is_finite() and 0 <= rate <= 1):
        raise RefusalError("The rate must be between 0% and 100%.")
    if rate != round(rate, RATE_PLACES):
        # Else the rate kept would not be the rate used, and nobody could repeat the draw.
        raise RefusalError("The rate can have two decimals at most, like 12.25%.")


def nothing_to_draw(collection: Collection, population: int) -> str:
    if population:
        return "With this rate and minimum no decision would be drawn. Choose a higher rate."
    return f"No school has submitted a decision in “{collection}” yet: there is nothing to draw."
