"""Saying how much a moderator can take on (M4)."""

import datetime as dt

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import MODERATION_LEAD
from banding_portal.verbs import verb
from banding_portal.words import day
from moderation.capacity.models import Absence, Capacity
from moderation.capacity.rules import FULL, Away
from moderation.selectors.moderators import moderators
from schools.models import User


@verb
def set_capacity(*, moderator: User, percent: int, away: Away | None, by: User) -> Capacity:
    """Per cent of a post that is for judging, 0 to 100, and days away, where there are some.

    Raises RefusalError for who does not moderate, for days that are over or overlap others, and
    for an end before the beginning.
    """
    require_own_or_lead(moderator, by)
    User.objects.select_for_update().get(pk=moderator.pk)
    if not 0 <= percent <= FULL:
        raise RefusalError("Enter a share from 0 to 100", field="percent")
    if away:
        add_absence(moderator, *away)
    found, _ = Capacity.objects.update_or_create(moderator=moderator, defaults={"percent": percent})
    return found


def add_absence(moderator: User, first: dt.date, last: dt.date) -> None:
    today = timezone.localdate()
    if first < today:
        raise RefusalError(f"The first day must be {day(today)} or later", field="first")
    if last < first:
        raise RefusalError("The last day must be the first day or later", field="last")
    known = Absence.objects.filter(moderator=moderator, first__lte=last, last__gte=first)
    if known.exists():
        raise RefusalError("Some of these days are on the list already", field="first")
    Absence.objects.create(moderator=moderator, first=first, last=last)


@verb
def end_absence(*, absence: Absence, by: User) -> None:
    """They are there on these days after all."""
    require_own_or_lead(absence.moderator, by)
    absence.delete()


def require_own_or_lead(moderator: User, by: User) -> None:
    """Moderators say it of themselves, and the lead of everybody who moderates."""
    if moderator.pk != by.pk and not by.has_role(*MODERATION_LEAD):
        raise RefusalError("The moderation lead says how much other moderators can take on.")
    if not moderators().filter(pk=moderator.pk).exists():
        raise RefusalError(f"{moderator} is not a moderator.")
