"""Finding schools, and what a school's page shows."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.search import found_by
from schools.choices import SchoolStatus
from schools.identifiers import parse_dfe_number
from schools.models import Membership, Placement, Quadrant, School, SchoolLink, User

NO_QUADRANT = "none"
MISSING = {Role.SENCO.value: "SENCO", Role.SCHOOL_FINANCE.value: "Finance contact"}
"""Roles that every school with pupils needs, as a filter names them."""
AREA = re.compile(r"[A-Z]{1,2}")


def schools_matching(user: User, filters: Mapping[str, Any]) -> QuerySet[School]:
    """The schools the person may see that fit `q`, `sector`, `quadrant`, `status`, `postcode`
    and `missing`.

    `q` is part of a name or town, a URN or a DfE number (rules.md S1). The quadrant may be
    `NO_QUADRANT`, for schools that are in none.
    """
    found = School.objects.visible_to(user).select_related("quadrant")
    text = (filters.get("q") or "").strip()
    if text:
        found = found.filter(search(text))
    for name in ("sector", "status"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("postcode"):
        found = found.filter(postcode_begins(filters["postcode"]))
    if filters.get("missing"):
        found = found.filter(pk__in=schools_without(filters["missing"], timezone.localdate()))
    quadrant = filters.get("quadrant")
    if quadrant == NO_QUADRANT:
        return found.filter(quadrant=None)
    return found.filter(quadrant=quadrant) if quadrant else found


def postcode_begins(text: str) -> Q:
    """Any of the beginnings with commas between: CM is a whole area, CM1 is not CM11."""
    found = Q(pk=None)
    for part in filter(None, (" ".join(each.split()).upper() for each in text.split(","))):
        if AREA.fullmatch(part):
            found |= Q(postcode__iregex=rf"^{part}[0-9]")
        elif " " in part:
            found |= Q(postcode__istartswith=part)
        else:
            found |= Q(postcode__iregex=rf"^{re.escape(part)} ?[0-9][A-Z]{{2}}$")
    return found


def schools_without(role: str, day: dt.date) -> QuerySet[School]:
    """Open schools that have pupils on a day, and nobody who can sign in in a role there."""
    held = Membership.objects.current().filter(role=role, user__is_active=True)
    return School.objects.filter(
        ~Exists(held.filter(school=OuterRef("pk"))),
        Exists(Placement.objects.on(day).filter(school=OuterRef("pk"))),
        status=SchoolStatus.OPEN,
        arrangement="",
    )


def search(text: str) -> Q:
    """What a person types to find a school: words of its name and town, or a number."""
    words = found_by(text, "folded") | Q(urn=text)
    try:
        number = parse_dfe_number(text)
    except RefusalError:
        return words
    return words | Q(la_code=number.la_code, establishment_number=number.establishment)


def pupils_on_roll(school: School, day: dt.date) -> int:
    """How many pupils are placed at a school on a day."""
    return Placement.objects.on(day).filter(school=school).values("pupil").distinct().count()


def last_start(school: School) -> dt.date | None:
    """The first day of the placement there that began last; None where nobody ever was."""
    return school.placements.aggregate(last=Max("start"))["last"]


def people_of(school: School) -> QuerySet[Membership]:
    """Who works for the school now, and its Inclusion Partners."""
    people = school.memberships.current().filter(user__is_active=True)
    return people.select_related("user").order_by("role", "user__name")


def relations_of(school: School, user: User) -> list[dict[str, Any]]:
    """The register's links of a school: what it is to this one, name, date and, where the
    person may open it, the school itself.
    """
    links = list(SchoolLink.objects.filter(school=school))
    there = School.objects.visible_to(user).in_bulk(
        [link.linked_urn for link in links], field_name="urn"
    )
    return [{"link": link, "school": there.get(link.linked_urn)} for link in links]


def quadrants_with_counts() -> QuerySet[Quadrant]:
    """Quadrants, each with `school_count` and `moderator_count`."""
    return Quadrant.objects.annotate(
        school_count=Count("schools", distinct=True),
        moderator_count=Count(
            "memberships",
            filter=Q(memberships__ended_on=None, memberships__role=Role.MODERATOR),
            distinct=True,
        ),
    )
