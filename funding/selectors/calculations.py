"""Calculations that finance should know of: at work, or lately come to nothing."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from banding_portal.jobs.states import AT_WORK, JobState
from funding.models import Run, RunCalculation
from schools.models import User

CAME_TO_NOTHING = (JobState.FAILED, JobState.REFUSED)
TOLD_FOR = dt.timedelta(days=7)
"""How long it is said that a calculation came to nothing."""


def calculations_to_tell(user: User) -> list[RunCalculation]:
    """The newest calculation of each period, where it is not simply done; the latest first.

    One that came to nothing is told for a week, or until the period is calculated.
    """
    since = Run.objects.filter(period=OuterRef("period"), prepared_at__gt=OuterRef("changed_at"))
    lately = timezone.now() - TOLD_FOR
    nothing = Q(state__in=CAME_TO_NOTHING, changed_at__gt=lately) & ~Exists(since)
    newest = RunCalculation.objects.visible_to(user).newest_of_each_period()
    told = RunCalculation.objects.filter(pk__in=newest.values("pk"))
    told = told.filter(Q(state__in=AT_WORK) | nothing)
    return list(told.select_related("period", "started_by"))


def calculation_to_tell(run: Run, user: User) -> RunCalculation | None:
    """The one of those that is about a run's period."""
    about = (job for job in calculations_to_tell(user) if job.period_id == run.period_id)
    return next(about, None)


def is_being_calculated(run: Run) -> bool:
    return RunCalculation.objects.filter(period=run.period_id, state__in=AT_WORK).exists()
