"""Finding people, for the administrator."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from banding_portal.roles import SENCO, STAFF_ROLES
from banding_portal.search import found_by
from schools.choices import Invited, PersonState
from schools.models import Membership, School, User

PeopleBySchool = dict[UUID, set[UUID]]
WEEK = dt.timedelta(days=7)
EVER = "ever"
NOT_YET = Q(is_active=True, last_login=None)
"""Who could sign in and never has."""


def people_matching(filters: Mapping[str, Any]) -> QuerySet[User]:
    """People that fit `q` (name, email or school), `role`, `state` and `quiet`, with
    `current_roles`.
    """
    roles = Membership.objects.current().select_related("school", "quadrant")
    people = User.objects.prefetch_related(Prefetch("memberships", roles, to_attr="current_roles"))
    held = Membership.objects.current().filter(user=OuterRef("pk"))
    text = (filters.get("q") or "").strip()
    if text:
        named = found_by(text, "name__folded") | Q(email__icontains=text)
        at_school = found_by(text, "school__folded") | Q(school__urn=text)
        people = people.filter(named | Exists(held.filter(at_school)))
    if filters.get("role"):
        people = people.filter(Exists(held.filter(role=filters["role"])))
    match filters.get("state"):
        case PersonState.ACTIVE:
            people = people.filter(is_active=True).exclude(last_login=None)
        case PersonState.WAITING:
            people = people.filter(is_active=True, last_login=None, invited_at=None)
        case PersonState.INVITED:
            people = people.filter(is_active=True, last_login=None).exclude(invited_at=None)
        case PersonState.INACTIVE:
            people = people.filter(is_active=False)
    if filters.get("quiet") == EVER:
        people = people.filter(NOT_YET)
    elif filters.get("quiet"):
        people = people.filter(quiet_for(int(filters["quiet"])))
    return people


def people_at_schools(user: User, text: str) -> QuerySet[Membership]:
    """Who works for a school the person sees, by name or email, as the school’s page shows them."""
    held = Membership.objects.current().filter(
        found_by(text, "user__name__folded") | Q(user__email__iexact=text.strip()),
        school__in=School.objects.visible_to(user),
        user__is_active=True,
    )
    return held.select_related("user", "school").order_by("user__name", "school__name", "role")


def unanswered_invitations() -> QuerySet[User]:
    """People who were sent a link and have not signed in since."""
    return User.objects.filter(is_active=True, last_login=None).exclude(invited_at=None)


def quiet_for(days: int) -> Q:
    """Who could sign in and has not for so many days, counted from when they were added."""
    since = timezone.now() - dt.timedelta(days=days)
    never = Q(last_login=None, joined_at__lt=since)
    return Q(is_active=True) & (Q(last_login__lt=since) | never)


def staff_of(school: School) -> QuerySet[Membership]:
    """SENCOs and finance contacts of a school now, who can sign in."""
    staff = school.memberships.current().filter(role__in=STAFF_ROLES, user__is_active=True)
    return staff.select_related("user").order_by("role", "user__name")


def people_to_invite(whom: str) -> QuerySet[User]:
    """People with a role who may sign in and never did: not invited yet, or without an answer
    for a week.
    """
    with_role = Exists(Membership.objects.current().filter(user=OuterRef("pk")))
    people = User.objects.filter(with_role, is_active=True, last_login=None)
    if whom == Invited.NEW:
        return people.filter(invited_at=None)
    return people.filter(invited_at__lt=timezone.now() - WEEK)


def roles_of(user: User) -> list[Membership]:
    """Every role, also ended ones, those in force first."""
    rows = user.memberships.select_related("school", "quadrant")
    return sorted(rows, key=lambda m: (m.ended_on is not None, m.get_role_display()))


def sencos_of(school: School) -> QuerySet[User]:
    """Who bands its pupils, by name."""
    ids = people_by_school([school.pk], SENCO).get(school.pk, set())
    return User.objects.filter(pk__in=ids).order_by("name")


def people_by_school(schools: Collection[UUID], roles: Collection[str]) -> PeopleBySchool:
    """Who holds one of the roles at each school now and may sign in."""
    held = Membership.objects.current().filter(
        school__in=schools, role__in=roles, user__is_active=True
    )
    found: PeopleBySchool = defaultdict(set)
    for school, user in held.values_list("school", "user"):
        if school is not None:
            found[school].add(user)
    return dict(found)
