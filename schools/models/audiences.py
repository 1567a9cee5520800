"""Whom something is for: roles, and among the people of schools their sectors and quadrants."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from banding_portal.roles import IRRECONCILABLE, ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from schools.choices import Sector
from schools.models.people import Membership
from schools.models.register import Quadrant

if TYPE_CHECKING:
    from schools.models.people import User


class HasAudience(models.Model):
    """Is for who holds one of the roles. Sectors narrow roles at a school, quadrants those and
    the roles in a quadrant; none named means all of them.
    """

    roles = ArrayField(models.CharField(max_length=24, choices=Role))
    sectors = ArrayField(models.CharField(max_length=24, choices=Sector), default=list, blank=True)
    quadrants = ArrayField(
        models.SlugField(), default=list, blank=True, help_text="Codes of quadrants."
    )

    class Meta:
        abstract = True


def is_for(user: "User") -> Q:
    """What is for this person, of rows that have an audience."""
    found = Q(pk__in=[])
    for role, sector, place in {
        (
            held.role,
            held.school.sector if held.school else "",
            (held.school or held).quadrant_id,
        )
        for held in user.current_memberships
    }:
        one = Q(roles__contains=[role])
        if role in ROLES_AT_A_SCHOOL:
            one &= Q(sectors=[]) | Q(sectors__contains=[sector])
        if role in ROLES_AT_A_SCHOOL | ROLES_IN_A_QUADRANT:
            one &= Q(quadrants=[]) | in_quadrant(place)
        found |= one
    return found


def in_quadrant(place: Any) -> Q:
    """What names this quadrant by its code, asked for in the same query; nothing without one."""
    if place is None:
        return Q(pk__in=[])
    return Q(quadrants__contains=ArraySubquery(Quadrant.objects.filter(pk=place).values("code")))


def memberships_of(audience: HasAudience) -> "models.QuerySet[Membership]":
    """The memberships in force today by which somebody belongs to it."""
    held = Membership.objects.current().filter(role__in=audience.roles, user__is_active=True)
    if audience.sectors:
        held = held.filter(Q(school=None) | Q(school__sector__in=audience.sectors))
    if audience.quadrants:
        held = held.filter(
            Q(school=None, quadrant=None)
            | Q(school__quadrant__code__in=audience.quadrants)
            | Q(quadrant__code__in=audience.quadrants)
        )
    for role, barred in IRRECONCILABLE.items():
        # A role that does not count beside another (M9) opens nothing here either.
        beside = Membership.objects.current().filter(user=OuterRef("user"), role=role)
        held = held.exclude(Exists(beside), role__in=barred)
    return held
