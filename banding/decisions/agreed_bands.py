"""The agreed band of a pupil on a date (rules.md B9)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from banding.choices import SETTLED_SOURCES, DecisionSource
from banding.models import BandDecision, Framework
from schools.choices import PlanType
from schools.models import Pupil


def agreed_decisions() -> QuerySet[BandDecision]:
    """Decisions that may be an agreed band: submitted and not superseded.

    The first whose `effective_from` is on or before a day is the agreed band of that day. On one
    day a moderation outcome goes before the decision it was about, then the later submitted.
    `settled` says whether it counts for SEN Support, where only a moderated or
    authority-entered band does.
    """
    return (
        BandDecision.objects.in_force()
        .annotate(
            settled=Case(
                When(source__in=SETTLED_SOURCES, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            moderated=Case(
                When(source=DecisionSource.MODERATION, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
        .order_by("pupil_id", "-effective_from", "-moderated", "-submitted_at", "-id")
    )


def agreed_bands_on(
    day: dt.date,
    pupils: Iterable[Pupil] | QuerySet[Pupil],
    *,
    plan_type: str,
    framework: Framework | None = None,
) -> QuerySet[BandDecision]:
    """The agreed decision of each pupil on a day, one a pupil, with its band.

    `framework` is the one that pays; without it the latest of any framework counts.
    """
    counting = Q(pupil__in=pupils, effective_from__lte=day)
    if framework is not None:
        counting &= Q(framework=framework)
    if plan_type == PlanType.SEN_SUPPORT:
        counting &= Q(settled=True)
    return agreed_decisions().filter(counting).distinct("pupil_id").select_related("band")
