"""Keeping who looked, and finding whose looking is unusual. Safe to do twice."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from banding_portal.help.topics import topic_of_page
from banding_portal.reasons import is_reason
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.choices import HowSeen
from schools.looks.actions import unusual_day_actions
from schools.looks.rules import DAYS_BEFORE, is_unusual, usual
from schools.models import Look, UnusualDay, User

NO_REASON = "Say in a few words what you found out"


def keep_look(
    *, by: Any, page: str, what: str, how: HowSeen, pupils: Collection[UUID], pk: UUID | None = None
) -> None:
    own = {"pk": pk} if pk else {}
    Look.objects.create(user=by, page=page, what=what, how=how, pupils=sorted(pupils), **own)


def keep_request(request: HttpRequest, response: HttpResponse, named: Collection[UUID]) -> None:
    """One page or file that somebody signed in for."""
    if not request.user.is_authenticated:
        return
    page = request.resolver_match.view_name if request.resolver_match else ""
    topic = topic_of_page().get(page)
    keep_look(
        by=request.user,
        page=page,
        what=topic.title if topic else request.path[:200],
        how=how_seen(request, response, len(named)),
        pupils=named,
        pk=request.look,  # type: ignore[attr-defined]
    )


def how_seen(request: HttpRequest, response: HttpResponse, pupils: int) -> HowSeen:
    if response.get("Content-Disposition", "").startswith("attachment"):
        return HowSeen.DOWNLOADED
    if request.GET.get("q", "").strip():
        return HowSeen.SEARCHED
    return HowSeen.OPENED if pupils == 1 else HowSeen.LISTED


def keep_job(*, job: Any, named: Collection[UUID]) -> None:
    """What a job found or made for somebody names pupils like a page (setting KEEP_LOOK)."""
    name = job._meta.label_lower
    what = getattr(job, "NOUN", "") or job._meta.verbose_name
    keep_look(by=job.on_behalf_of, page=name, what=what, how=HowSeen.JOB, pupils=named)


def keep_print(*, look: UUID, by: User) -> None:
    """The person prints what they have on the screen; somebody else’s page is not theirs to."""
    seen = Look.objects.filter(pk=look, user=by).first()
    if seen:
        keep_look(by=by, page=seen.page, what=seen.what, how=HowSeen.PRINTED, pupils=seen.pupils)


ON_THE_DAY = """SELECT look.user_id, count(DISTINCT pupil) FROM schools_look look
  CROSS JOIN LATERAL unnest(look.pupils) pupil
  WHERE (look.at AT TIME ZONE %(zone)s)::date = %(day)s
    AND look.at > %(day)s::date - 1 AND look.at < %(day)s::date + 2
  GROUP BY look.user_id HAVING count(DISTINCT pupil) >= %(least)s"""
BEFORE = """SELECT look.user_id, count(DISTINCT pupil) FROM schools_look look
  CROSS JOIN LATERAL unnest(look.pupils) pupil
  WHERE look.user_id = ANY(%(users)s) AND look.at > %(since)s
    AND (look.at AT TIME ZONE %(zone)s)::date < %(day)s
  GROUP BY look.user_id, (look.at AT TIME ZONE %(zone)s)::date"""


def flag_unusual_day(day: dt.date) -> int:
    """Keep whose looking on the day was unusual; how many people that are."""
    least = settings.LOOKS_UNUSUAL_FROM
    asked: dict[str, Any] = {"day": day, "least": least, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(ON_THE_DAY, asked)
        seen = dict(cursor.fetchall())
        asked |= {"users": list(seen), "since": day - dt.timedelta(days=DAYS_BEFORE)}
        cursor.execute(BEFORE, asked)
        before = defaultdict(list)
        for user, pupils in cursor.fetchall():
            before[user].append(pupils)
    found = [
        UnusualDay(user_id=user, day=day, pupils=pupils, usual=usual(before[user]))
        for user, pupils in seen.items()
        if is_unusual(pupils, before[user], least=least)
    ]
    UnusualDay.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@verb
def answer_unusual_day(*, found: UnusualDay, answer: str, by: User) -> None:
    """Another auditor than the person says what was behind it."""
    unusual_day_actions(found, by).require("answer")
    if not is_reason(answer):
        raise RefusalError(NO_REASON, field="answer")
    changed = UnusualDay.objects.filter(pk=found.pk, answered_by=None).update(
        answer=answer.strip(), answered_by=by, answered_at=timezone.now()
    )
    if not changed:
        raise RefusalError("Somebody else has said meanwhile what was behind it.")
