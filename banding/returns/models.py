"""The schools' returns in a collection, and the pupils on each."""

import datetime as dt
from collections.abc import Collection as Several
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from banding.choices import (
    OPEN_STATES,
    RETURN_MOVES,
    CollectionKind,
    PupilChange,
    ReturnMoveKind,
    ReturnState,
)
from banding.collections.models import Collection
from banding_portal.audit import audited, audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import (
    ALL_PUPIL_ROLES,
    BANDING_SCHOOL_ROLES,
    COLLECTION_FOLLOWERS,
    Role,
)
from banding_portal.states import Stateful
from banding_portal.words import day
from schools.choices import PlanType
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


KIND_OF_MOVE: dict[tuple[str, str], str] = {
    (ReturnState.NOT_STARTED, ReturnState.IN_PROGRESS): ReturnMoveKind.STARTED,
    (ReturnState.SUBMITTED, ReturnState.IN_PROGRESS): ReturnMoveKind.WITHDRAWN,
    (ReturnState.ACCEPTED, ReturnState.RETURNED): ReturnMoveKind.REOPENED,
}
"""What a move is called where it is not called after the state it leads to."""


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, user: "User") -> "ReturnQuerySet":
        if user.roles & COLLECTION_FOLLOWERS:
            return self
        roles = {*BANDING_SCHOOL_ROLES, Role.INCLUSION_PARTNER}
        return self.filter(school__in=user.school_ids_as(*roles))


class OwedReturns(models.Manager.from_queryset(ReturnQuerySet)):  # type: ignore[misc]
    """Without those of closed schools whose pupils have all moved on."""

    def get_queryset(self) -> ReturnQuerySet:
        return super().get_queryset().filter(put_aside_at=None)


@audited
class Return(UuidModel, Stateful):
    """One school's part of a collection (rules.md B7)."""

    NOUN, MOVES = "A return", RETURN_MOVES
    COLOURS = {
        ReturnState.IN_PROGRESS: "blue",
        ReturnState.SUBMITTED: "green",
        ReturnState.ACCEPTED: "green",
        ReturnState.RETURNED: "yellow",
    }

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

    put_aside_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When it lost its last pupil, its school having closed: nobody owes it.",
    )

    objects = OwedReturns()
    everything = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["school__name"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "school"], name="return_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[ReturnState.SUBMITTED, ReturnState.ACCEPTED])
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
        return timezone.localdate() > self.deadline

    @property
    def is_open(self) -> bool:
        """Whether the school may change its answers now."""
        return (
            self.state in OPEN_STATES
            and not self.is_late
            and self.collection.closed_at is None
            and self.collection.opens_on <= timezone.localdate()
        )

    @property
    def why_closed(self) -> str:
        """Why the school may not change it now, as a sentence; empty when it may."""
        if self.state == ReturnState.SUBMITTED:
            return (
                "This return has been submitted. If something is wrong, take the return back, or "
                "ask the authority to return it."
            )
        if self.state not in OPEN_STATES:
            return "The authority has accepted this return. It cannot change now."
        if self.collection.closed_at is not None:
            return f"{self.collection.name} is closed."
        if self.is_late:
            return (
                f"The deadline was {day(self.deadline)}. "
                "Ask the authority for more time if you need it."
            )
        if not self.is_open:
            return f"{self.collection.name} opens on {day(self.collection.opens_on)}."
        return ""

    @property
    def why_closed_to_joiners(self) -> str:
        """The same for joiners: once a round has opened they are told at any time (B10), until it
        is closed.
        """
        collection = self.collection
        has_opened = collection.opens_on <= timezone.localdate() and not collection.is_closed
        is_round = collection.kind == CollectionKind.ROUND
        return "" if is_round and has_opened else self.why_closed

    def move(self, state: str, *, by: Any, reason: str = "", **changes: Any) -> None:
        """The same, and a line of its history."""
        before = self.state
        super().move(state, by=by, **changes)
        kind = KIND_OF_MOVE.get((before, state), state)
        # The page of the return and its history tell the same minute.
        at = changes.get("submitted_at") or timezone.now()
        until = changes.get("extended_to")
        self.moves.create(kind=kind, moved_by=by, reason=reason, until=until, moved_at=at)

    def is_own(self, user: "User", roles: Several[str]) -> bool:
        """Whether the person has one of the roles at its own school."""
        return self.school_id in user.school_ids_as(*roles)

    def shows_pupils_to(self, user: "User") -> bool:
        return user.has_role(*ALL_PUPIL_ROLES) or self.is_own(user, BANDING_SCHOOL_ROLES)


class ReturnPupilQuerySet(models.QuerySet["ReturnPupil"]):
    def visible_to(self, user: "User") -> "ReturnPupilQuerySet":
        return self.filter(pupil_return__in=Return.objects.visible_to(user))


class PupilsOnTheList(models.Manager.from_queryset(ReturnPupilQuerySet)):  # type: ignore[misc]
    """Without those taken off, whom no page, count or template is to show."""

    def get_queryset(self) -> ReturnPupilQuerySet:
        return super().get_queryset().filter(off_since=None)


FILL_COLLECTION = pgtrigger.Trigger(
    name="fill_collection",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("pupil_return_id"),
    func="""
        NEW.collection_id = (SELECT collection_id FROM banding_return
                             WHERE id = NEW.pupil_return_id);
        RETURN NEW;
    """,
)


# What a school notes for itself is nobody else's to read, in the audit trail neither; what it said
# of staying on is in the trail as the answer that it was.
@audited_without("school_note", "stays_as_sent")
class ReturnPupil(UuidModel):
    """A pupil the school has to decide on or account for in a return."""

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="return_pupils")
    plan_type = models.CharField(max_length=16, choices=PlanType, blank=True)
    change = models.CharField(max_length=12, choices=PupilChange, blank=True)
    change_date = models.DateField(null=True, blank=True)
    change_reason = models.TextField(blank=True)
    destination = models.CharField(
        max_length=200, blank=True, help_text="Where a pupil who left went, if the school knows."
    )
    is_refused = models.BooleanField(
        default=False,
        editable=False,
        help_text="An officer refused that the pupil left: accepting the return ends nothing.",
    )
    stays_as_sent = models.TextField(
        blank=True,
        editable=False,
        help_text="Why the pupil stays on, as the return said that its school has again.",
    )
    school_note = models.TextField(
        blank=True, help_text="For the school alone: no officer, moderator or auditor reads it."
    )

    collection = models.ForeignKey(
        Collection,
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Of the return. The database fills it in.",
    )
    off_since = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When the pupil was taken off the list, having come to belong elsewhere.",
    )

    objects = PupilsOnTheList()
    everything = ReturnPupilQuerySet.as_manager()

    class Meta:
        ordering = ["pupil__surname", "pupil__forename", "pupil__reference"]
        triggers = [FILL_COLLECTION]
        constraints = [
            models.UniqueConstraint(fields=["pupil_return", "pupil"], name="return_pupil_once"),
            models.UniqueConstraint(
                fields=["collection", "pupil"],
                condition=Q(off_since=None) & ~Q(change__in=["left", "not_ours"]),
                name="return_pupil_on_one_list",
            ),
            models.CheckConstraint(
                condition=~Q(change=PupilChange.LEFT) | Q(change_date__isnull=False),
                name="return_pupil_left_on_a_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pupil)

    @property
    def display_name(self) -> str:
        return self.pupil.display_name
