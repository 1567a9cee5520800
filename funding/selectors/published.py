"""What has been published for a pupil, told before something about them is put right (F8, S10)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Sum

from banding_portal.words import money
from funding.choices import LineKind, RunState
from funding.models import Line
from schools.models import User

ADJUSTED_KINDS = (LineKind.ALLOCATION, LineKind.ADJUSTMENT, LineKind.EXCEPTIONAL)


def tell_what_is_published(pupils: Collection[UUID] | None, *, by: User | None) -> list[str]:
    """For a single pupil a sentence for each school; the next run adjusts what differs."""
    if pupils is None or len(pupils) != 1:
        return []
    lines = Line.objects.filter(
        pupil__in=pupils, run__state=RunState.PUBLISHED, kind__in=ADJUSTED_KINDS
    )
    paid = lines.order_by("school__name").values_list("school__name").annotate(Sum("amount"))
    return [
        f"{money(amount)} is published for the pupil at {school}. The next run pays or takes back "
        "what differs."
        for school, amount in paid
    ]
