"""What the order of agreed decisions means for one day, as funding reads it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from banding.decisions.agreed_bands import agreed_decisions
from banding.models import BandDecision, Framework
from schools.choices import PlanType
from schools.models import Pupil


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
