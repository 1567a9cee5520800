"""Adding cases besides the random ones (rules.md M3)."""

from collections.abc import Sequence

from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.choices import HAND_REASONS, CaseKind, TargetReason
from moderation.models import Case, Sample, SampleDecision
from moderation.references import neutral_references
from moderation.targeting.selectors import decisions_found
from moderation.widening.selectors import not_judged_yet
from schools.models import User

NOT_IN = (
    "No decision of a pupil with this reference was in the population when the sample was drawn."
)
IS_A_CASE = "This pupil’s decision is a case of the sample already, or counts no more."


@verb
def target_by_rule(*, sample: Sample, reason: TargetReason, cases: int, by: User) -> int:
    """Judge so many decisions that the rule finds, the first in the order of the draw.

    Returns how many were added. Raises RefusalError for more than there are.
    """
    sample = held(sample, by)
    found = decisions_found(sample, reason)
    left = found.count()
    if not left:
        raise RefusalError("This rule finds no decision that is not a case already.")
    if not 1 <= cases <= left:
        raise RefusalError(f"Enter a number from 1 to {left}", field="cases")
    add(sample, list(found[:cases]), reason)
    return cases


@verb
def target_by_hand(
    *, sample: Sample, reference: str, reason: TargetReason, note: str, by: User
) -> Case:
    """Judge the decision about one pupil, known by the authority's reference, and say why.

    Raises RefusalError for a pupil of whom nothing was in the population, and for a case.
    """
    sample = held(sample, by)
    if reason not in HAND_REASONS:
        raise RefusalError("Choose why it is judged", field="reason")
    if not is_reason(note):
        raise RefusalError("Say what makes you choose this pupil", field="note")
    rows = sample.population.filter(decision__pupil__reference__iexact=reference.strip())
    if not rows.exists():
        raise RefusalError(NOT_IN, field="reference")
    free = not_judged_yet(sample).filter(pk__in=rows.values("pk")).order_by("hash")
    if (row := free.first()) is None:
        raise RefusalError(IS_A_CASE, field="reference")
    (case,) = add(sample, [row], reason, note=note.strip())
    return case


def held(sample: Sample, by: User) -> Sample:
    """Two who add cases come one after the other."""
    row = Sample.objects.select_for_update(of=("self",)).get(pk=sample.pk)
    sample_actions(row, by).require("target")
    return row


def add(
    sample: Sample, rows: Sequence[SampleDecision], reason: TargetReason, note: str = ""
) -> list[Case]:
    known = Case.objects.filter(sample=sample).values_list("reference", flat=True)
    names = neutral_references(len(rows), known)
    return Case.objects.bulk_create(
        Case(
            sample=sample,
            decision_id=row.decision_id,
            kind=CaseKind.TARGETED,
            target_reason=reason,
            target_note=note,
            reference=name,
        )
        for row, name in zip(rows, names, strict=True)
    )
