"""How much moderators and schools differed in the sample before, by stratum (M2)."""

from collections.abc import Iterable

from banding.models import Collection
from moderation.allocation import expected_shares
from moderation.models import Sample
from moderation.sampling import Stratum
from moderation.selectors.results import judged_cases, judged_strata, stratum_sizes


def sample_before(collection: Collection) -> Sample | None:
    """The sample drawn last of another collection under a framework of the same code, of which
    random cases are judged.
    """
    others = Sample.objects.standing().filter(pilot=False).exclude(collection=collection)
    of_kind = others.filter(collection__framework__code=collection.framework.code)
    before = of_kind.select_related("collection__framework").order_by("-drawn_at")
    return next((sample for sample in before[:3] if judged_cases(sample)), None)


def differing_last_time(collection: Collection, strata: Iterable[Stratum]) -> dict[Stratum, float]:
    """The share of each stratum that is expected to differ, 0 to 1; empty without a sample."""
    sample = sample_before(collection)
    if sample is None:
        return {}
    sizes = stratum_sizes(sample)
    judged = judged_strata(sizes, judged_cases(sample), lambda case: not case.agrees)
    counts: dict[Stratum, tuple[int, int]] = {}
    for key, one in zip(sizes, judged, strict=True):
        seen, changed = counts.get(Stratum(*key[:3]), (0, 0))
        counts[Stratum(*key[:3])] = (seen + one.judged, changed + one.changed)
    shares, whole = expected_shares(counts)
    return {stratum: shares.get(stratum, whole) for stratum in strata}
