"""Outcomes a school may see, and which returns have some to publish (M11)."""

import datetime as dt
from uuid import UUID

from django.db.models import F, QuerySet

from banding.choices import DecisionSource
from banding.models import BandDecision, Collection, Return
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
    """Returns with an outcome from before their day of feedback; later ones are told at once."""
    held = BandDecision.objects.in_force().filter(
        source=DecisionSource.MODERATION, submitted_at__date__lt=F("collection__feedback_on")
    )
    found = Return.objects.filter(pk__in=held.values("moderates__return_pupil__pupil_return"))
    return found.select_related("collection", "school")
