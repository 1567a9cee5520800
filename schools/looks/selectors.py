"""Finding who looked at whom."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from banding_portal.roles import AUDITOR, AUTHORITY_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.search import found_by
from schools.models import Look, Membership, Pupil, UnusualDay, User
from schools.selectors.pupils import search, seen_until

MOST_NAMED = 500
"""Pupils that a search of looks takes in; whoever means one types more of the name."""


def looks_matching(wanted: dict[str, Any]) -> QuerySet[Look]:
    """Of everybody, the latest first; `pupil` is part of a name, a UPN or a reference."""
    found = Look.objects.select_related("user")
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "user__name__folded") | Q(user__email__icontains=text))
    if text := (wanted.get("pupil") or "").strip():
        pupils = Pupil.everything.filter(search(text)).values_list("pk", flat=True)
        found = found.filter(pupils__overlap=list(pupils[:MOST_NAMED]))
    if how := wanted.get("how"):
        found = found.filter(how=how)
    if start := wanted.get("start"):
        found = found.filter(at__date__gte=start)
    if end := wanted.get("end"):
        found = found.filter(at__date__lte=end)
    return found


def looks_at(pupil: Pupil, user: User) -> QuerySet[Look]:
    """Those at one pupil, under records merged into it too, as far as the person may know of it."""
    merged = Pupil.everything.filter(merged_into=pupil).values_list("pk", flat=True)
    found = Look.objects.filter(pupils__overlap=[pupil.pk, *merged]).select_related("user")
    until = seen_until(pupil, user)
    return found.filter(at__date__lte=until) if until else found


def named_in(looks: Iterable[Look]) -> dict[UUID, Pupil]:
    """The pupils of looks at one each, as they are called now."""
    alone = [each.pupils[0] for each in looks if len(each.pupils) == 1]
    return Pupil.everything.in_bulk(alone)


def readers(looks: Iterable[Look], user: User) -> dict[UUID, str]:
    """Whom a person is told of, by user id: an auditor everybody, a school its own people by
    name and others by where they work.
    """
    people = {each.user_id: str(each.user) for each in looks}
    if user.has_role(*AUDITOR):
        return people
    own = user.school_ids_as(*BANDING_SCHOOL_ROLES)
    held = Membership.objects.filter(user__in=people).values_list("user", "school", "role")
    told = dict.fromkeys(people, "Somebody at another school")
    for person, _, role in held:
        if role in AUTHORITY_ROLES:
            told[person] = f"Somebody at {settings.LA_NAME}"
    return told | {person: people[person] for person, school, _ in held if school in own}


def unusual_days() -> QuerySet[UnusualDay]:
    return UnusualDay.objects.select_related("user", "answered_by")
