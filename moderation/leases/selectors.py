"""Cases somebody was given and has not begun in time (M4)."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from moderation.choices import CaseState
from moderation.leases.rules import lapsed_if_given_by, last_day
from moderation.models import Case, Judgement
from schools.models import User


def lapsed(cases: QuerySet[Case], today: dt.date) -> QuerySet[Case]:
    """With `first_lapsed` and `second_lapsed`: who of its judges has kept it too long.

    Who has begun, if with a draft, keeps the case: nothing that was typed is taken away.
    """
    by = lapsed_if_given_by(today, settings.CASE_DAYS)
    begun = Judgement.objects.filter(case=OuterRef("pk"))
    first = Q(moderator__isnull=False, given_at__date__lte=by)
    second = Q(second_moderator__isnull=False, second_given_at__date__lte=by)
    return (
        cases.filter(state=CaseState.ASSIGNED)
        .annotate(
            first_lapsed=first & ~Exists(begun.filter(moderator=OuterRef("moderator"))),
            second_lapsed=second & ~Exists(begun.filter(moderator=OuterRef("second_moderator"))),
        )
        .filter(Q(first_lapsed=True) | Q(second_lapsed=True))
    )


def judge_by(user: User) -> dt.date | None:
    """The first day by which the person is to begin a case of theirs; one query."""
    begun = Judgement.objects.filter(case=OuterRef("pk"), moderator=user)
    mine = Case.objects.to_judge(user).exclude(Exists(begun))
    given = [
        at
        for judge, at, second, second_at in mine.order_by().values_list(
            "moderator", "given_at", "second_moderator", "second_given_at"
        )
        for at in ([at] if judge == user.pk else [second_at] if second == user.pk else [])
        if at
    ]
    if not given:
        return None
    return last_day(timezone.localdate(min(given)), settings.CASE_DAYS)
