"""What of funding keeps an import from being undone (rules.md S12, F7)."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from funding.choices import RunState
from funding.models import Line
from schools.choices import ImportKind


def rests_on(
    pupils: Collection[UUID], *, since: dt.datetime, kind: str, **about: Any
) -> dict[UUID, str]:
    """A reason for each pupil that was counted since by a run which others rely on.

    A roll-over takes nobody's money for days they were there: what it took is adjusted (F8).
    """
    del about
    if kind == ImportKind.ROLL_OVER:
        return {}
    published = Q(run__state=RunState.PUBLISHED, run__published_at__gt=since)
    checked = Q(run__state=RunState.CHECKED)
    lines = Line.objects.filter(published | checked, pupil__in=pupils)
    found = lines.order_by("run__published_at").select_related("run__period")
    return {
        line.pupil_id: f"{line.run} counts the pupil and is {line.run.get_state_display().lower()}."
        for line in found.only("pupil", "run").distinct("run__published_at", "pupil")
        if line.pupil_id
    }
