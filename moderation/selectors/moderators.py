"""Who may judge cases: moderators by quadrant, and who has a conflict of interest (M4)."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from banding_portal.roles import Role
from moderation.choices import OPEN_STATES
from moderation.models import Case
from moderation.selectors.blind import BlindCase
from schools.models import Membership, User
from schools.selectors.successors import Successors


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


def people_of_schools(schools: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """School to everybody who works or worked for it, ended memberships included (M4).

    Where a school has converted, merged or split, those of its successors and predecessors too.
    """
    asked, kin = set(schools), Successors.read().kin()
    at_or_near = {school: {school} | kin.get(school, set()) for school in asked}
    rows = Membership.objects.filter(school__in=set().union(*at_or_near.values()))
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for place, user in rows.values_list("school", "user"):
        if place:
            people[place].add(user)
    return {
        school: set().union(*(people[each] for each in places))
        for school, places in at_or_near.items()
    }


def worked_for_its_school(user: User, case: Case | BlindCase) -> bool:
    """Whether the person works or worked for the school of the case, or for what it became (M4)."""
    theirs = set(user.memberships.exclude(school=None).values_list("school", flat=True))
    if not theirs:
        return False
    school = Case.objects.values_list("decision__school", flat=True).get(pk=case.pk)
    return bool(school) and user.pk in people_of_schools([school])[school]


def open_cases_of_each() -> dict[UUID, int]:
    """Moderator to the number of unfinished cases they carry, as first or second."""
    carried: dict[UUID, int] = defaultdict(int)
    pairs = Case.objects.filter(state__in=OPEN_STATES).values_list("moderator", "second_moderator")
    for pair in pairs:
        for user in filter(None, pair):
            carried[user] += 1
    return carried
