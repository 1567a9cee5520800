"""The next decision of a stratum, judged in the place of a withdrawn case (M2, M5)."""

from django.db.models import Q

from banding.choices import DecisionState
from moderation.choices import CaseKind
from moderation.models import Case, Sample, SampleDecision
from moderation.references import neutral_references


def replace_withdrawn(case: Case) -> Case | None:
    """A case of the next decision in the order of the hash that still stands and is none yet.

    None for a targeted case, and where the stratum is judged whole. The caller holds the case.
    """
    if case.kind != CaseKind.RANDOM:
        return None
    # Two withdrawn at once take two different ones.
    Sample.objects.select_for_update(no_key=True).get(pk=case.sample_id)
    stratum = SampleDecision.objects.filter(
        sample=case.sample_id, decision=case.first_decision_id or case.decision_id
    )
    own = stratum.values("quadrant", "sector", "band").first()
    if own is None:
        return None
    cases = Case.objects.filter(sample=case.sample_id)
    taken = cases.values("decision").union(
        cases.exclude(first_decision=None).values("first_decision")
    )
    waiting = SampleDecision.objects.filter(sample=case.sample_id, **own)
    standing = Q(decision__state=DecisionState.SUBMITTED)
    following = waiting.filter(standing).exclude(decision__in=taken).order_by("hash").first()
    if following is None:
        return None
    return Case.objects.create(
        sample_id=case.sample_id,
        decision_id=following.decision_id,
        replaces=case,
        reference=neutral_references(1, cases.values_list("reference", flat=True))[0],
    )
