"""Who may judge cases: moderators by quadrant, and who has a conflict of interest (M4)."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from banding_portal.roles import Role
from moderation.choices import OPEN_STATES, CaseState
from moderation.models import Case, Judgement
from moderation.models.cases import CaseQuerySet
from schools.models import Membership, User


def moderator_memberships() -> QuerySet[Membership]:
    """Memberships in force of people who moderate and can sign in."""
    return Membership.objects.current().filter(role=Role.MODERATOR, user__is_active=True)


def moderators() -> QuerySet[User]:
    """Everybody who moderates now, by name."""
    return User.objects.filter(pk__in=moderator_memberships().values("user"))


def moderators_by_quadrant() -> dict[UUID, set[UUID]]:
    """Quadrant to the people who moderate in it."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for quadrant, user in moderator_memberships().values_list("quadrant", "user"):
        if quadrant:
            found[quadrant].add(user)
    return found


def open_cases_of_each() -> dict[UUID, int]:
    """Moderator to the number of unfinished cases they carry, as first or second."""
    carried: dict[UUID, int] = defaultdict(int)
    pairs = Case.objects.filter(state__in=OPEN_STATES).values_list("moderator", "second_moderator")
    for pair in pairs:
        for user in filter(None, pair):
            carried[user] += 1
    return carried


def cases_of_leavers(user: User) -> CaseQuerySet:
    """Cases this person sees that wait for a judgement of somebody who moderates no more."""
    here = moderator_memberships().values("user")
    locked = Judgement.objects.filter(case=OuterRef("pk")).exclude(locked_at=None)
    first = Q(moderator__isnull=False) & ~Q(moderator__in=here)
    second = Q(second_moderator__isnull=False) & ~Q(second_moderator__in=here)
    return (
        Case.objects.visible_to(user)
        .filter(state=CaseState.ASSIGNED)
        .filter(
            first & ~Exists(locked.filter(moderator=OuterRef("moderator")))
            | second & ~Exists(locked.filter(moderator=OuterRef("second_moderator")))
        )
    )
