"""Tell schools on the day of feedback that they can see the outcomes of moderation (M11)."""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from banding.choices import DecisionSource
from banding.models import BandDecision, Return
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES
from schools.selectors.people import people_by_school

LONGEST = 300
STILL_TOLD = dt.timedelta(days=7)
"""How long after the day schools are still told, should the portal have been down."""


@transaction.atomic
def tell_feedback(*, on: dt.date) -> int:
    """Tell SENCOs and headteachers of the schools with an outcome that was held till now.

    Run daily; a person is told once of a return and day. Returns how many returns have one.
    """
    returns = list(with_feedback(on))
    people = people_by_school({each.school_id for each in returns}, BANDING_SCHOOL_ROLES)
    notify(
        NoticeKind.FEEDBACK,
        [
            Happening(
                people.get(each.school_id, ()),
                key=f"{each.pk} {each.collection.feedback_on}",
                title=f"{each.collection.name}: you can see the outcomes of moderation"[:LONGEST],
                path=reverse("banding:return_detail", args=[each.pk]),
                school=each.school.name,
            )
            for each in returns
        ],
    )
    return len(returns)


def with_feedback(on: dt.date) -> QuerySet[Return]:
    """Returns with an outcome from before their day of feedback; later ones are told at once."""
    held = BandDecision.objects.in_force().filter(
        source=DecisionSource.MODERATION,
        collection__feedback_on__gt=on - STILL_TOLD,
        collection__feedback_on__lte=on,
        submitted_at__date__lt=F("collection__feedback_on"),
    )
    found = Return.objects.filter(pk__in=held.values("moderates__return_pupil__pupil_return"))
    return found.select_related("collection", "school")
