"""Drawing the sample of a collection (M1, M2), and giving it up."""

import secrets
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from banding.models import Collection
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.choices import CaseKind, SeedFrom, TargetReason
from moderation.models import BandsSeen, Case, Sample, SampleDecision
from moderation.references import neutral_references
from moderation.selectors.population import (
    PlannedDecision,
    Settings,
    applications_of,
    first_of_other_schools,
    planned_sample,
    population_of,
    returns_missing,
)
from schools.models import User

BATCH = 2000
RATE_PLACES = 4


@verb
def draw_sample(
    *,
    collection: Collection,
    settings: Settings,
    by: User | None,
    seed: str | None = None,
    despite_missing: bool = True,
) -> Sample:
    """Freeze the population, draw from it and make a case of each decision drawn (M1, M2).

    Without a seed the portal picks one at random, once the population is frozen; one that was
    given is on record as such, and taken for a collection's first draw alone. `by` is None for a
    command that names nobody. A second sample is of what came in since. Raises RefusalError when
    there is nothing to draw from, and while returns are missing unless it is to be drawn despite
    them.
    """
    if by is not None:
        sample_actions(Sample(collection=collection), by).require("draw")
    check_rate(settings.rate)
    # The lock makes a second draw wait and then see the first.
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    refuse_second_sample(collection)
    check_seed(collection, seed)
    missing = returns_missing(collection)
    if missing.count and not despite_missing:
        raise RefusalError(missing.in_words)
    seed_from = SeedFrom.PORTAL if seed is None else SeedFrom.GIVEN
    seed = seed or secrets.token_hex(8)
    planned = planned_sample(collection, settings=settings, seed=seed)
    # A pilot leaves them to the sample that counts.
    applied = set() if settings.pilot else applications_of(collection)
    if not applied and not any(row.selected for row in planned):
        raise RefusalError(nothing_to_draw(collection, len(planned)))
    sample = Sample.objects.create(
        collection=collection,
        **vars(settings),
        seed=seed,
        seed_from=seed_from,
        missing=missing.count,
        drawn_by=by,
    )
    rows = [
        SampleDecision(sample=sample, decision_id=row.decision, **frozen_columns(row))
        for row in planned
    ]
    SampleDecision.objects.bulk_create(rows, batch_size=BATCH)
    others = first_of_other_schools(planned) if settings.each_school else []
    besides = dict.fromkeys(others, TargetReason.SCHOOL)
    besides |= dict.fromkeys(sorted(applied), TargetReason.APPLICATION)
    make_cases(sample, [row.decision_id for row in rows if row.selected], besides)
    return sample


def note_bands_seen(*, sample: Sample, person: User) -> None:
    """Put on record that somebody was shown bands of a sample, so judges none of it (M9)."""
    BandsSeen.objects.bulk_create([BandsSeen(sample=sample, person=person)], ignore_conflicts=True)


def refuse_second_sample(collection: Collection) -> None:
    """Raises RefusalError when the collection has a sample and nothing has come in since."""
    drawn = Sample.objects.standing().filter(collection=collection)
    if drawn.exists() and not population_of(collection).exists():
        raise RefusalError(
            f"Every decision of “{collection}” that is in has been drawn from already. No decision "
            "is drawn from twice, so that nobody can draw until the list suits them."
        )


def check_seed(collection: Collection, seed: str | None) -> None:
    """Raises RefusalError for a seed given once a population of the collection is known: whoever
    has that list could try seeds until it suits them (M2).
    """
    if seed is None:
        return
    if not seed.strip():
        raise RefusalError("Enter a seed, so that anyone can repeat the draw.")
    if Sample.objects.filter(collection=collection).exists():
        raise RefusalError(
            f"“{collection}” has been drawn from before, so its decisions are known. "
            "Leave the seed out: the portal picks one at random."
        )


@verb
def discard_sample(*, sample: Sample, reason: str, by: User) -> Sample:
    """Give up a sample of which nothing is judged, so that another can be drawn.

    Its population and seed stay on record with the reason; its cases are deleted. Raises
    RefusalError without a reason and once a judgement is locked.
    """
    row = Sample.objects.select_for_update().get(pk=sample.pk)
    # Nobody locks a judgement meanwhile.
    list(row.cases.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    sample_actions(row, by).require("discard")
    if not reason.strip():
        raise RefusalError("Say why the sample is discarded", field="reason")
    row.cases.all().delete()
    row.discarded_at, row.discarded_by = timezone.now(), by
    row.discarded_because = reason.strip()
    row.save(update_fields=["discarded_at", "discarded_by", "discarded_because"])
    return row


def frozen_columns(row: PlannedDecision) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "decision"}


def make_cases(sample: Sample, drawn: list[UUID], besides: dict[UUID, TargetReason]) -> None:
    """Of each decision drawn, and of those wanted besides, which are targeted and in no statistics
    (M3): every application, as it pays only once moderated (B13), and a school's only one.
    """
    kinds = {pk: (CaseKind.TARGETED, str(reason)) for pk, reason in besides.items()}
    kinds |= dict.fromkeys(drawn, (CaseKind.RANDOM, ""))
    known = Case.objects.filter(sample__collection=sample.collection_id)
    references = neutral_references(len(kinds), known.values_list("reference", flat=True))
    cases = [
        Case(
            sample=sample,
            decision_id=decision,
            kind=kind,
            target_reason=reason,
            reference=reference,
        )
        for (decision, (kind, reason)), reference in zip(kinds.items(), references, strict=True)
    ]
    Case.objects.bulk_create(cases, batch_size=BATCH)


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
