"""Joiners waiting for an officer, and whom they may be (rules.md B6)."""

from django.db.models import Q, QuerySet

from banding.choices import JoinerState
from banding.models import Joiner
from schools.models import Pupil, User

MOST = 10


def joiners_for_list(user: User) -> QuerySet[Joiner]:
    """Joiners of the returns a person sees, those waiting first."""
    seen = Joiner.objects.visible_to(user).exclude(state=JoinerState.DRAFT)
    return seen.select_related(
        "pupil_return__school", "pupil_return__collection", "pupil"
    ).order_by("-state", "pupil_return__collection__deadline", "surname", "forename")


def waiting_joiners(user: User) -> QuerySet[Joiner]:
    return Joiner.objects.visible_to(user).filter(state=JoinerState.WAITING)


def pupils_like(joiner: Joiner, words: str = "") -> QuerySet[Pupil]:
    """Pupils a joiner may be: the UPN, or birth date and a name alike; or those searched for.

    For officers only: it looks through every pupil of the authority.
    """
    if words.strip():
        wanted = Q(upn__iexact=words.strip()) | Q(reference__iexact=words.strip())
        for word in words.replace(",", " ").split():
            wanted |= Q(surname__icontains=word) | Q(forename__icontains=word)
    else:
        alike = Q(surname__iexact=joiner.surname) | Q(forename__iexact=joiner.forename)
        wanted = Q(date_of_birth=joiner.date_of_birth) & alike
        wanted |= Q(surname__iexact=joiner.surname, forename__iexact=joiner.forename)
        if joiner.upn:
            wanted |= Q(upn=joiner.upn)
    return Pupil.objects.filter(wanted).prefetch_related("placements__school")[:MOST]
