"""Details that schools say are wrong, for those who correct them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from banding.models import DetailCorrection
from schools.models import Pupil, School, User
from schools.selectors.pupils import search


def details_for_list(user: User, wanted: Mapping[str, Any]) -> QuerySet[DetailCorrection]:
    """Those a person sees that fit `q`, a name, UPN or reference, `state` and `school`; those
    waiting first.
    """
    seen = DetailCorrection.objects.visible_to(user)
    if wanted.get("state"):
        seen = seen.filter(state=wanted["state"])
    if wanted.get("school"):
        seen = seen.filter(school=wanted["school"])
    if text := (wanted.get("q") or "").strip():
        seen = seen.filter(pupil__in=Pupil.objects.filter(search(text)))
    return seen.select_related("school", "pupil").order_by("-state", "asked_at")


def asked_by_school(school: School, pupils: Iterable[UUID]) -> dict[UUID, DetailCorrection]:
    """What a school asked for last of each of these pupils, by pupil."""
    asked = DetailCorrection.objects.filter(school=school, pupil__in=list(pupils))
    return {each.pupil_id: each for each in asked.order_by("asked_at").select_related("pupil")}
