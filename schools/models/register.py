"""Schools as the register knows them, and the quadrants the authority groups them in."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from banding_portal.audit import audited, audited_without
from banding_portal.models import UuidModel
from banding_portal.search import folded_column
from schools.choices import Arrangement, SchoolStatus, Sector
from schools.models.remembering import REMEMBER_SECTOR

if TYPE_CHECKING:
    from schools.models.people import User


@audited
class Quadrant(UuidModel):
    """A part of the authority with its own moderation team."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, user: "User") -> "SchoolQuerySet":
        """Every school for the authority's people; their own for a school's people."""
        if user.roles & user.AUTHORITY_WIDE:
            return self
        own = Q(pk__in=user.school_ids)
        if user.quadrant_ids:
            own |= Q(quadrant__in=user.quadrant_ids)
        return self.filter(own)


@audited_without("folded")
class School(UuidModel):
    """Any setting, known by its URN (rules.md S1), or what a pupil without a school has instead,
    known by a code of the portal's own (S14).
    """

    urn = models.CharField(max_length=6, unique=True)
    la_code = models.CharField(max_length=3)
    establishment_number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=200)
    type_code = models.PositiveSmallIntegerField(null=True)
    type_name = models.CharField(max_length=120, blank=True)
    type_group_code = models.PositiveSmallIntegerField(null=True)
    phase = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=24, choices=Sector)
    status = models.CharField(max_length=12, choices=SchoolStatus, default=SchoolStatus.OPEN)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    ukprn = models.CharField(max_length=8, blank=True)
    trust = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    quadrant = models.ForeignKey(
        Quadrant, null=True, blank=True, on_delete=models.PROTECT, related_name="schools"
    )

    arrangement = models.CharField(
        max_length=8,
        choices=Arrangement,
        blank=True,
        help_text="Where it is no school but what a pupil without one has; empty for a school.",
    )
    payee_reference = models.CharField(
        max_length=40, blank=True, help_text="The authority’s own reference of who is paid."
    )
    is_paid = models.BooleanField(default=True, help_text="Whether pupils there are funded.")

    folded = folded_column("name", "town")

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "urn"]
        triggers = [REMEMBER_SECTOR]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrangement="", urn__regex=r"^\d{6}$")
                | (~Q(arrangement="") & Q(urn__regex=r"^P\d{5}$")),
                name="school_urn_six_digits",
            ),
            models.CheckConstraint(
                condition=Q(is_paid=True) | ~Q(arrangement=""), name="school_is_paid"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dfe_number(self) -> str:
        """LA code and establishment number, as 881/2001; empty where the register has none."""
        if not self.establishment_number:
            return ""
        return f"{self.la_code}/{self.establishment_number}"


class SchoolLink(UuidModel):
    """A row of the register's links file: successor or predecessor of a school (rules.md S1)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="links")
    linked_urn = models.CharField(max_length=6)
    linked_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=80)
    established_on = models.DateField(null=True)

    class Meta:
        ordering = ["established_on", "linked_urn"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "linked_urn", "kind"], name="school_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.linked_urn}"
