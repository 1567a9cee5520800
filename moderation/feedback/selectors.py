"""Outcomes a school may see, and which returns have some to publish (M11)."""

import datetime as dt
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone

from banding.choices import DecisionSource
from banding.models import BandDecision, Collection, Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from moderation.models import Outcome, PanelCase
from schools.models import User

STILL_TOLD = dt.timedelta(days=7)
"""How long after the day schools are still told by themselves, should the portal have been down."""
RELATED = (
    "band",
    "case__sample__collection",
    "case__decision__band",
    "case__decision__pupil",
    "case__decision__school",
    "case__decision__collection",
    "case__decision__return_pupil",
)


def outcomes_of(user: User) -> QuerySet[Outcome]:
    """The outcomes of the person's schools that are published, by pupil."""
    found = Outcome.objects.visible_to(user).select_related(*RELATED)
    pupil = "case__decision__pupil"
    return found.order_by(f"{pupil}__surname", f"{pupil}__forename", "pk")


def challenges_of(outcomes: list[Outcome]) -> dict[UUID, PanelCase]:
    """Case to what the panel made, or is to make, of it."""
    items = PanelCase.objects.filter(case__in=[one.case_id for one in outcomes])
    return {item.case_id: item for item in items.select_related("panel", "band", "before_band")}


def with_feedback(on: dt.date) -> QuerySet[Return]:
    """Returns with an outcome that was held till a day of feedback not long ago."""
    return held_till_feedback().filter(
        collection__feedback_on__gt=on - STILL_TOLD, collection__feedback_on__lte=on
    )


def to_be_told(collection: Collection) -> QuerySet[Return]:
    return held_till_feedback().filter(collection=collection)


def held_till_feedback() -> QuerySet[Return]:
    """Returns with an outcome from before their day of feedback, or from before that day was
    brought forward; others are told at once.
    """
    outcomes = BandDecision.objects.in_force().filter(
        source=DecisionSource.MODERATION, collection__feedback_on__isnull=False
    )
    was_before = Q(submitted_at__date__lt=F("collection__feedback_on"))
    held = outcomes.filter(was_before | ~Exists(told_at_once()))
    found = Return.objects.filter(pk__in=held.values("moderates__return_pupil__pupil_return"))
    return found.select_related("collection", "school")


def told_at_once() -> QuerySet[Notice]:
    """Whether anybody was told of an outer outcome when it was recorded, by `outcome_key`."""
    day = Cast(TruncDate("submitted_at"), CharField())
    return_of_it = Cast("moderates__return_pupil__pupil_return", CharField())
    outer = BandDecision.objects.filter(pk=OuterRef(OuterRef("pk")))
    keys = outer.values_list(Concat(return_of_it, Value(" "), day))
    return Notice.objects.filter(kind=NoticeKind.OUTCOME, key__in=keys)


def outcome_key(pupil_return: Return) -> str:
    """What people are told of at once under: once a day, not once a pupil."""
    return f"{pupil_return.pk} {timezone.localdate()}"
