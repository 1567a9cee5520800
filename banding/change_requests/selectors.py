"""Requests to change a band: those for a list, and what a new one begins with (rules.md B14)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from banding.choices import OPEN_STATES
from banding.decisions.agreed_bands import agreed_decisions
from banding.models import BandDecision, ChangeRequest, Return, ReturnPupil
from banding_portal.roles import SENCO
from schools.choices import SchoolStatus
from schools.models import Placement, Pupil, User
from schools.selectors.pupils import search
from schools.selectors.successors import Successors, done_at, gone_on_at

RELATED = (
    "return_pupil__pupil",
    "return_pupil__pupil_return__school",
    "return_pupil__pupil_return__collection__framework",
    "band",
    "asked_by",
    "answered_by",
)


def requests_of(user: User) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.visible_to(user).select_related(*RELATED)


def requests_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[ChangeRequest]:
    """Those that fit `q`, a pupil's name, UPN or reference, `state` and `school`; those that wait
    first.
    """
    found = requests_of(user)
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if wanted.get("school"):
        found = found.filter(return_pupil__pupil_return__school=wanted["school"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(return_pupil__pupil__in=Pupil.objects.filter(search(text)))
    return found.order_by("-state", "asked_at")


def rows_to_ask_of(user: User) -> QuerySet[ReturnPupil]:
    """Pupils on the returns the person sees, and on those their schools go on with (S1)."""
    gone_on = done_at(user.school_ids_as(*SENCO), school="pupil_return__school", pupil="pupil")
    seen = Q(pupil_return__in=Return.objects.visible_to(user))
    return ReturnPupil.objects.filter(seen | gone_on).select_related(
        "pupil", "pupil_return__collection__framework", "pupil_return__school"
    )


def band_then(
    row: ReturnPupil, day: dt.date, without: BandDecision | None = None
) -> BandDecision | None:
    """The decision under the collection's framework that counts on a day, if any (B9); `without`
    one that was made of a request.
    """
    framework = row.pupil_return.collection.framework_id
    decisions = agreed_decisions().filter(pupil=row.pupil_id, framework=framework)
    decisions = decisions.exclude(pk=without.pk) if without else decisions
    return decisions.filter(effective_from__lte=day).select_related("band").first()


def is_with(row: ReturnPupil, day: dt.date) -> bool:
    """Whether the pupil is placed on a day at the return's school, or at what that became."""
    school = row.pupil_return.school
    became = Successors.read().of(school) if school.status == SchoolStatus.CLOSED else []
    there = Placement.objects.on(day).filter(school__in=[school, *became])
    return there.filter(pupil=row.pupil_id).exists()


def where_to_tell(row: ReturnPupil) -> Return | None:
    """An open return of the school, or of what it became, that asks about the pupil under the same
    framework.
    """
    school = row.pupil_return.school
    asked = Return.objects.filter(
        pupils__in=ReturnPupil.objects.filter(pupil=row.pupil_id),
        school__in={school, gone_on_at(school, row.pupil_id)},
        state__in=OPEN_STATES,
        collection__framework=row.pupil_return.collection.framework_id,
    ).select_related("collection")
    return next((each for each in asked if each.is_open), None)
