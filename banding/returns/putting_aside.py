"""Returns that nobody owes any more, their school having closed (rules.md S1, S10)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from banding.choices import OPEN_STATES, JoinerState
from banding.models import Joiner, Return, ReturnPupil
from schools.choices import SchoolStatus


def put_aside(returns: Iterable[UUID]) -> None:
    """Put aside the open ones of closed schools without a pupil or a joiner who waits; one that has
    a pupil or such a joiner is owed again. The caller holds their locks.
    """
    found = Return.everything.filter(pk__in=list(returns))
    listed = ReturnPupil.objects.values("pupil_return")
    waiting = Joiner.objects.exclude(state__in=[JoinerState.PLACED, JoinerState.REFUSED])
    used = Q(pk__in=listed) | Q(pk__in=waiting.values("pupil_return"))
    found.filter(used).exclude(put_aside_at=None).update(put_aside_at=None)
    unowed = found.exclude(used).filter(state__in=OPEN_STATES, put_aside_at=None)
    unowed.filter(school__status=SchoolStatus.CLOSED).update(put_aside_at=timezone.now())
