"""Sessions and recordings, places at them, and visits to schools (rules.md R7, R8)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import TRAINING_READERS, VISITORS, Role
from banding_portal.states import Stateful
from schools.choices import PLACE_MOVES, TEACHING, PlaceState, PreferredTime, TrainingKind
from schools.models.audiences import HasAudience, is_for
from schools.models.register import School

if TYPE_CHECKING:
    from schools.models.people import User


class TrainingQuerySet(models.QuerySet["TrainingSession"]):
    def visible_to(self, user: "User") -> "TrainingQuerySet":
        """All for who follows training; for everybody else what is for them or they had."""
        if user.has_role(*TRAINING_READERS):
            return self
        own = Place.objects.filter(person=user).values("session")
        return self.filter(is_for(user) | Q(pk__in=own))

    def teaching(self) -> "TrainingQuerySet":
        return self.filter(kind__in=TEACHING)

    def to_come(self) -> "TrainingQuerySet":
        """What one can still go to or watch."""
        now = timezone.now()
        return self.filter(Q(starts_at=None) | Q(starts_at__gt=now), cancelled_because="")


@audited
class TrainingSession(UuidModel, HasAudience):
    """A session at a time, with places or without a limit; or a recording, watched at any time,
    with a question that is answered by who has watched it.
    """

    kind = models.CharField(max_length=10, choices=TrainingKind)
    title = models.CharField(max_length=120)
    text = models.TextField("what it is about")
    place = models.CharField(max_length=300, help_text="Where it is, or its address online.")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    places = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: no limit.")
    question = models.CharField(max_length=300, blank=True)
    answers = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, help_text="The first is right."
    )
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_at").asc(nulls_first=True), "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=TrainingKind.RECORDING, starts_at=None, places=None)
                | (~Q(kind=TrainingKind.RECORDING) & Q(starts_at__isnull=False)),
                name="training_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind=TrainingKind.RECORDING)
                | (~Q(question="") & Q(answers__len__gte=2)),
                name="recording_has_a_question",
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1), name="training_has_places"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_recording(self) -> bool:
        return self.kind == TrainingKind.RECORDING

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.starts_at + dt.timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now()


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, user: "User") -> "PlaceQuerySet":
        return self if user.has_role(*TRAINING_READERS) else self.filter(person=user)


@audited
class Place(UuidModel, Stateful):
    """Somebody signed up for a session, or has watched a recording."""

    NOUN, MOVES = "A place", PLACE_MOVES
    COLOURS = {PlaceState.BOOKED: "blue", PlaceState.WAITING: "yellow"}

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="taken")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="training"
    )
    state = models.CharField(max_length=10, choices=PlaceState)
    preferred = models.CharField(max_length=8, choices=PreferredTime, blank=True)
    signed_up_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField("was there, or watched it", null=True, blank=True)
    missed = models.BooleanField("was not there", default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["signed_up_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="place_once"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(missed=False), name="place_there_or_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.session}"


class VisitQuerySet(models.QuerySet["SchoolVisit"]):
    def visible_to(self, user: "User") -> "VisitQuerySet":
        """Those to the schools that a person works for or sees, without who judges blind (M9)."""
        if user.has_role(*VISITORS, Role.AUDITOR):
            return self.filter(school__in=School.objects.visible_to(user))
        return self.filter(school__in=user.school_ids_as(Role.SENCO, Role.HEADTEACHER))


@audited
class SchoolVisit(UuidModel):
    """Somebody of the authority was at a school, and what they advised. Names no pupil."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    spoke_to = models.CharField(max_length=200)
    advice = models.TextField()
    next_on = models.DateField("next visit", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "school__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("visited_on")), name="visit_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.visited_on:%d %m %Y}"
