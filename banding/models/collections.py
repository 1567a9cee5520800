"""Collections, the schools' returns in them, and the pupils on each return."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from banding.choices import (
    ALLOWED,
    OPEN_STATES,
    CollectionKind,
    JoinerState,
    PupilChange,
    ReturnState,
)
from banding.deadlines import end_of_day
from banding.models.frameworks import Framework
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from schools.choices import BANDING_SCHOOL_ROLES, PlanType, PrimaryNeed, Role, Sector
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User

# Who follows every school's return.
FOLLOWERS = frozenset({Role.SEND_OFFICER, Role.MODERATION_LEAD, Role.ADMINISTRATOR, Role.AUDITOR})


def default_reminder_offsets() -> list[int]:
    """Days from the deadline (rules.md R1)."""
    return [-21, -7, -2, 0, 1, 5]


class IllegalMove(ValueError):
    """Raised when a return is asked for a move its state does not allow."""


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: "User") -> "CollectionQuerySet":
        """Every collection for the authority; for a school's people those it has a return in."""
        if user.roles & user.AUTHORITY_WIDE or user.quadrant_ids:
            return self
        return self.filter(pk__in=Return.objects.visible_to(user).values("collection"))

    def open_on(self, day: dt.date) -> "CollectionQuerySet":
        return self.filter(opens_on__lte=day, closed_at=None)


class Collection(UuidModel):
    """A banding exercise or a termly round, with a deadline at the end of its day."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=CollectionKind)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="collections")
    sectors = ArrayField(models.CharField(max_length=24, choices=Sector))
    reference_date = models.DateField()
    opens_on = models.DateField()
    deadline = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reminder_offsets = ArrayField(models.SmallIntegerField(), default=default_reminder_offsets)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-deadline", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__gte=F("opens_on")), name="collection_opens_before_deadline"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def effective_from(self) -> dt.date:
        """The day decisions of this collection take effect: its reference date (B4)."""
        return self.reference_date


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, user: "User") -> "ReturnQuerySet":
        if user.roles & FOLLOWERS:
            return self
        roles = {*BANDING_SCHOOL_ROLES, Role.INCLUSION_PARTNER}
        return self.filter(school__in=user.school_ids_as(*roles))


@audited
class Return(UuidModel):
    """One school's part of a collection (rules.md B7)."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="returns")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=12, choices=ReturnState, default=ReturnState.NOT_STARTED)
    extended_to = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    declared_by_name = models.CharField(max_length=120, blank=True)
    returned_reason = models.TextField(blank=True)
    template_version = models.PositiveSmallIntegerField(default=0)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["school__name"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "school"], name="return_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted"])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="return_submitted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.collection}"

    @property
    def deadline(self) -> dt.date:
        """The collection's deadline or this school's extension, a date."""
        return self.extended_to or self.collection.deadline

    @property
    def reference(self) -> str:
        """What the school quotes after submission; says nothing about it."""
        return f"R-{self.pk.hex[:8].upper()}"

    @property
    def is_late(self) -> bool:
        return timezone.now() > end_of_day(self.deadline)

    @property
    def is_open(self) -> bool:
        """Whether the school may change its answers now."""
        return (
            self.state in OPEN_STATES
            and not self.is_late
            and self.collection.closed_at is None
            and self.collection.opens_on <= timezone.localdate()
        )

    def move_to(self, state: str) -> None:
        """Change the state in memory; raises IllegalMove when the move is not allowed."""
        if state not in ALLOWED[self.state]:
            now, wanted = self.get_state_display(), ReturnState(state).label
            raise IllegalMove(f"A return that is “{now}” cannot become “{wanted}”.")
        self.state = state


class ReturnPupilQuerySet(models.QuerySet["ReturnPupil"]):
    def visible_to(self, user: "User") -> "ReturnPupilQuerySet":
        return self.filter(pupil_return__in=Return.objects.visible_to(user))


@audited
class ReturnPupil(UuidModel):
    """A pupil the school has to decide on or account for in a return."""

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="return_pupils")
    plan_type = models.CharField(max_length=16, choices=PlanType, blank=True)
    change = models.CharField(max_length=12, choices=PupilChange, blank=True)
    change_date = models.DateField(null=True, blank=True)
    change_reason = models.TextField(blank=True)

    objects = ReturnPupilQuerySet.as_manager()

    class Meta:
        ordering = ["pupil__surname", "pupil__forename", "pupil__reference"]
        constraints = [
            models.UniqueConstraint(fields=["pupil_return", "pupil"], name="return_pupil_once"),
            models.CheckConstraint(
                condition=~Q(change="left") | Q(change_date__isnull=False),
                name="return_pupil_left_on_a_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pupil)


class JoinerQuerySet(models.QuerySet["Joiner"]):
    def visible_to(self, user: "User") -> "JoinerQuerySet":
        return self.filter(pupil_return__in=Return.objects.visible_to(user))


@audited
class Joiner(UuidModel):
    """A pupil a school says has joined. An officer matches and places them; nobody is
    placed on a school's word alone, so that no school can call up another's pupil.
    """

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="joiners")
    upn = models.CharField(max_length=13, blank=True)
    surname = models.CharField(max_length=80)
    forename = models.CharField(max_length=80)
    date_of_birth = models.DateField()
    joined_on = models.DateField()
    plan_type = models.CharField(max_length=16, choices=PlanType)
    primary_need = models.CharField(max_length=4, choices=PrimaryNeed, blank=True)
    state = models.CharField(max_length=8, choices=JoinerState, default=JoinerState.WAITING)
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.PROTECT)
    note = models.TextField(blank=True)

    objects = JoinerQuerySet.as_manager()

    class Meta:
        ordering = ["surname", "forename"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil_return", "surname", "forename", "date_of_birth"],
                name="joiner_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.surname}, {self.forename}"
