"""Pupils, where they are placed and which plan they have."""

import datetime as dt
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from banding_portal.audit import audited, audited_without
from banding_portal.looking import is_named
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from banding_portal.search import folded_column
from schools.choices import PlanType, PrimaryNeed, SchoolStatus
from schools.models.register import School
from schools.models.remembering import REMEMBER_FACTS
from schools.register_rules import academic_year_of, year_group_of

if TYPE_CHECKING:
    from schools.models.people import User

ENDS_AFTER_START = Q(end=None) | Q(end__gte=F("start"))


M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from `start` to `end`, both days included."""

    def on(self, day: dt.date | models.OuterRef) -> Self:
        """Rows in force on a day; in a subquery on one that the outer row names."""
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def since(self, day: dt.date) -> Self:
        """Rows in force on a day or at any time after it."""
        return self.filter(Q(end=None) | Q(end__gte=day))


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, user: "User") -> "PupilQuerySet":
        """Every pupil for those who see all; a school's people see those it has or had (B6).

        After a pupil left, the school's own past decisions stay visible and nothing newer:
        decisions and placements have their own `visible_to`.
        """
        if user.roles & ALL_PUPIL_ROLES:
            return self
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        if not schools:
            return self.none()
        return self.filter(Q(pk__in=Placement.objects.filter(school__in=schools).values("pupil")))


class PupilsStanding(models.Manager.from_queryset(PupilQuerySet)):  # type: ignore[misc]
    """Without records merged into another, which nobody is to find any more."""

    def get_queryset(self) -> PupilQuerySet:
        return super().get_queryset().filter(merged_into=None)


@audited_without("folded")
class Pupil(UuidModel):
    """A pupil the authority funds or might fund, known by the authority's own reference."""

    reference = models.CharField(max_length=40, unique=True)
    upn = models.CharField(max_length=13, unique=True, null=True, blank=True)
    surname = models.CharField(max_length=80)
    forename = models.CharField(max_length=80)
    date_of_birth = models.DateField()
    recorded_year_group = models.SmallIntegerField(null=True, blank=True)
    recorded_for = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="The calendar year in which the academic year of the recorded year group began.",
    )
    primary_need = models.CharField(max_length=4, choices=PrimaryNeed, blank=True)
    responsible_la = models.CharField(max_length=3)
    folded = folded_column("surname", "forename")

    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        db_index=False,
        help_text="The record of the same child that stands; this one counts nowhere.",
    )

    # The first is the one by which forms see whether a number is taken.
    everything = PupilQuerySet.as_manager()
    objects = PupilsStanding()

    class Meta:
        ordering = ["surname", "forename", "reference"]
        indexes = [
            models.Index(
                fields=["merged_into"], condition=~Q(merged_into=None), name="pupil_merged"
            ),
            models.Index(fields=["date_of_birth"], name="pupil_born"),
        ]
        triggers = [REMEMBER_FACTS]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_year_group=None, recorded_for=None)
                | Q(recorded_year_group__isnull=False, recorded_for__isnull=False),
                name="pupil_recorded_year_group_has_its_year",
            )
        ]

    def __str__(self) -> str:
        return self.spoken_name

    @property
    def display_name(self) -> str:
        """Surname, forename: how lists in the order of names show a pupil."""
        is_named(self.pk)
        return f"{self.surname}, {self.forename}"

    @property
    def spoken_name(self) -> str:
        """Forename surname: as headings, sentences and buttons name a pupil."""
        is_named(self.pk)
        return f"{self.forename} {self.surname}"

    def year_group_on(self, day: dt.date) -> int:
        """The year group (NCY) in the academic year of a day (rules.md S5).

        A recorded year group overrides the derived one and moves up with the years.
        """
        if self.recorded_year_group is not None and self.recorded_for is not None:
            return self.recorded_year_group + academic_year_of(day) - self.recorded_for
        return year_group_of(self.date_of_birth, academic_year_of(day))


class PlacementQuerySet(DatedQuerySet["Placement"]):
    def visible_to(self, user: "User") -> "PlacementQuerySet":
        if user.roles & ALL_PUPIL_ROLES:
            return self
        return self.filter(school__in=user.school_ids_as(*BANDING_SCHOOL_ROLES))

    def outlasting(self) -> "PlacementQuerySet":
        """Those at closed schools that are open, or end after the school has closed."""
        closed = self.filter(school__status=SchoolStatus.CLOSED)
        return closed.filter(Q(end=None) | Q(end__gt=F("school__closed_on")))


@audited
class Placement(UuidModel):
    """A pupil at a school from a date to a date, both included; overlaps are exceptions (F3)."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="placements")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="placements")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["school", "start", "end"], name="placement_school_dates")]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="placement_ends_after_start"),
            models.UniqueConstraint(fields=["pupil", "school", "start"], name="placement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.school} from {self.start}"


@audited
class Plan(UuidModel):
    """What secures a pupil's provision, from a date to a date, both included."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="plans")
    plan_type = models.CharField(max_length=16, choices=PlanType)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Plan"].as_manager()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="plan_ends_after_start"),
            models.UniqueConstraint(fields=["pupil", "plan_type", "start"], name="plan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_plan_type_display()} from {self.start}"
