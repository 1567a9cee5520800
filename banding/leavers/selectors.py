"""Leavers that schools have told of, and the pupils who can be told (rules.md B6, B12)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from banding.models import Joiner, Leaver
from schools.models import Placement, Pupil, School, User
from schools.selectors.pupils import search


def leavers_for_list(user: User, wanted: Mapping[str, Any]) -> QuerySet[Leaver]:
    """Leavers a person sees that fit `q`, a name, UPN or reference, `state` and `school`; those
    waiting first.
    """
    seen = Leaver.objects.visible_to(user)
    if wanted.get("state"):
        seen = seen.filter(state=wanted["state"])
    if wanted.get("school"):
        seen = seen.filter(school=wanted["school"])
    if text := (wanted.get("q") or "").strip():
        seen = seen.filter(pupil__in=Pupil.objects.filter(search(text)))
    return seen.select_related("school", "pupil").order_by("-state", "left_on", "told_at")


def waiting_leavers(user: User) -> QuerySet[Leaver]:
    return Leaver.objects.visible_to(user).waiting()


def pupils_who_may_leave(school: School) -> QuerySet[Pupil]:
    """Those placed at a school now."""
    placed = Placement.objects.on(timezone.localdate()).filter(school=school)
    return Pupil.objects.filter(pk__in=placed.values("pupil"))


def told_of(schools: Mapping[Any, Any] | frozenset[Any]) -> list[Joiner | Leaver]:
    """What these schools have told of joiners and leavers, the newest day first."""
    joiners = Joiner.objects.filter(school__in=schools).select_related(
        "school", "pupil_return__collection", "pupil"
    )
    leavers = Leaver.objects.filter(school__in=schools).select_related("school", "pupil")
    return sorted(
        [*joiners, *leavers], key=lambda each: (day_of(each), each.display_name), reverse=True
    )


def day_of(told: Joiner | Leaver) -> Any:
    return told.joined_on if isinstance(told, Joiner) else told.left_on
