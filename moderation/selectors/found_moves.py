"""What the newest sample of a framework found, for who reckons with money (M7)."""

from collections import Counter
from fractions import Fraction

from django.utils import timezone

from banding.found_moves import FoundMove, FoundMoves
from banding.models import Framework
from moderation.models import Sample
from moderation.selectors.results import judged_cases, stratum_sizes


def found_moves(framework: Framework) -> FoundMoves | None:
    """Of all versions of the framework; None where no random case has been judged."""
    samples = Sample.objects.standing().filter(collection__framework__code=framework.code)
    for sample in samples.select_related("collection__framework"):
        cases = judged_cases(sample)
        if cases:
            sizes = stratum_sizes(sample)
            judged = Counter(case.stratum for case in cases)
            moves = [
                FoundMove(
                    Fraction(sizes[case.stratum], judged[case.stratum]),
                    case.stratum[1],
                    case.school_band,
                    case.final_band,
                    bool(case.outcome),
                )
                for case in cases
            ]
            day = timezone.localdate(sample.drawn_at)
            return FoundMoves(str(sample.collection), day, sum(sizes.values()), moves)
    return None
