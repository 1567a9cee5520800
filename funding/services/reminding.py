"""Remind whoever prepared a run that it is still a draft (rules.md R10)."""

import datetime as dt
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import FINANCE_OFFICER
from banding_portal.verbs import verb
from banding_portal.words import day
from banding_portal.working_days import is_working_day
from funding.choices import RunState
from funding.models import Run
from schools.models import User

LYING = dt.timedelta(days=7)
"""After which a draft says how long it has been one, and whoever prepared it is reminded."""


@verb
def remind_of_drafts(*, on: dt.date) -> int:
    """Once for each week that a draft has been one; all finance officers where whoever prepared it
    is none any more. Returns how many drafts somebody is told of.
    """
    if not is_working_day(on):
        return 0
    officers = set(User.objects.holding(FINANCE_OFFICER).values_list("pk", flat=True))
    drafts = Run.objects.filter(state=RunState.DRAFT).select_related("period")
    told = [reminder_of(run, officers, on) for run in drafts if weeks_of(run, on)]
    notify(NoticeKind.DRAFT, told)
    return len(told)


def weeks_of(run: Run, on: dt.date) -> int:
    return (on - timezone.localdate(run.prepared_at)) // LYING


def reminder_of(run: Run, officers: set[UUID], on: dt.date) -> Happening:
    since = timezone.localdate(run.prepared_at)
    return Happening(
        officers & {run.prepared_by_id} or officers,
        key=f"{run.pk} {since} {weeks_of(run, on)}",
        title=draft_words(run.period.name, since)[:300],
        path=reverse("funding:run_detail", args=[run.pk]),
    )


def draft_words(period: str, since: dt.date) -> str:
    return f"Run of {period}: still a draft, as it has been since {day(since)}"


def is_still_so(notice: Notice) -> bool:
    return Run.objects.filter(pk=notice.key.split()[0], state=RunState.DRAFT).exists()
