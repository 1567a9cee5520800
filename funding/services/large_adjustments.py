"""Adjustments that somebody has to look at, because they are larger than the authority’s limit
(rules.md F8).
"""

from django.conf import settings
from django.db.models import Max, Min, Q, Sum

from funding.choices import ExceptionKind, LineKind
from funding.models import Run, RunException


def add_large_adjustments(run: Run) -> None:
    """An exception for each pupil, school and period that is adjusted by more than the limit,
    either way; none where the authority has no limit.
    """
    limit = settings.ADJUSTMENT_LIMIT
    if not limit:
        return
    adjusted = run.lines.filter(kind=LineKind.ADJUSTMENT, pupil__isnull=False).order_by()
    totals = adjusted.values("pupil", "school", "period").annotate(
        total=Sum("amount"), first=Min("start"), last=Max("end")
    )
    RunException.objects.bulk_create(
        [
            RunException(
                run=run,
                kind=ExceptionKind.LARGE,
                pupil_id=each["pupil"],
                school_id=each["school"],
                start=each["first"],
                end=each["last"],
                earlier_period_id=each["period"] if each["period"] != run.period_id else None,
            )
            for each in totals.filter(Q(total__gt=limit) | Q(total__lt=-limit))
        ],
        batch_size=1000,
    )
