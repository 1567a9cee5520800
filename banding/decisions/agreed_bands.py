"""The agreed band of a pupil on a date (rules.md B9)."""

from django.db.models import BooleanField, Case, QuerySet, Value, When

from banding.choices import SETTLED_SOURCES, DecisionSource
from banding.models import BandDecision


def agreed_decisions() -> QuerySet[BandDecision]:
    """Decisions that may be an agreed band: submitted and not superseded.

    The first whose `effective_from` is on or before a day is the agreed band of that day. On one
    day a moderation outcome goes before the decision it was about, then the later submitted.
    `settled` says whether it counts for SEN Support, where only a moderated or
    authority-entered band does.
    """
    return (
        BandDecision.objects.in_force()
        .annotate(
            settled=Case(
                When(source__in=SETTLED_SOURCES, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            moderated=Case(
                When(source=DecisionSource.MODERATION, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
        .order_by("pupil_id", "-effective_from", "-moderated", "-submitted_at", "-id")
    )
