"""People, known by email, and the memberships that give them roles."""

from collections.abc import Collection, Iterator
from copy import copy
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from banding_portal.audit import audited, audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import (
    ADMINISTRATOR,
    AUDITOR,
    AUTHORITY_ROLES,
    ROLES_AT_A_SCHOOL,
    ROLES_IN_A_QUADRANT,
    STAFF_ROLES,
    Role,
    counted,
)
from schools.choices import PersonState
from schools.models.register import Quadrant, School


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def holding(self, roles: Collection[str]) -> "models.QuerySet[User]":
        """Who holds one of the roles today and may sign in, each once."""
        held = Membership.objects.current().filter(user=OuterRef("pk"), role__in=roles)
        return self.filter(Exists(held), is_active=True)


# A hash is nobody's to read, and signing in decides nothing: it would drown the rest.
@audited_without("password", "last_login")
class User(UuidModel, AbstractBaseUser):
    """A person who signs in. What they may do comes from their memberships alone."""

    AUTHORITY_WIDE = AUTHORITY_ROLES - ROLES_IN_A_QUADRANT

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    new_email = models.EmailField(
        "new email address", blank=True, help_text="Asked for, not yet confirmed by a mail there."
    )
    address_changed_at = models.DateTimeField("address changed", null=True, blank=True)
    second_factor_reset_at = models.DateTimeField("second factor reset", null=True, blank=True)
    sessions_ended_at = models.DateTimeField("sessions ended", null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="user_email_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def state(self) -> PersonState:
        """Waiting until they are invited, then invited until they sign in for the first time."""
        if not self.is_active:
            return PersonState.INACTIVE
        if self.last_login:
            return PersonState.ACTIVE
        return PersonState.INVITED if self.invited_at else PersonState.WAITING

    @property
    def has_signed_in(self) -> bool:
        return self.last_login is not None

    def get_state_display(self) -> str:
        return self.state.label

    def get_session_auth_hash(self) -> str:
        """What ends every session of a person: a new password, and `end_sessions`."""
        return super().get_session_auth_hash() + self.sessions_mark

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (key + self.sessions_mark for key in super().get_session_auth_fallback_hash())

    @property
    def sessions_mark(self) -> str:
        return f".{self.sessions_ended_at.timestamp()}" if self.sessions_ended_at else ""

    def end_sessions(self) -> None:
        """No session that began before now is anybody's any more; saved by who calls it."""
        self.sessions_ended_at = timezone.now()

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """The memberships in force today that count (M9), one query a request."""
        if not self.is_active:
            return []
        held = list(self.memberships.current().select_related("school", "quadrant"))
        roles = counted(m.role for m in held)
        return [m for m in held if m.role in roles]

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(m.role for m in self.current_memberships)

    @cached_property
    def school_ids(self) -> frozenset[UUID]:
        """Schools the person works for or, as an Inclusion Partner, is assigned to."""
        return frozenset(m.school_id for m in self.current_memberships if m.school_id)

    @cached_property
    def quadrant_ids(self) -> frozenset[UUID]:
        return frozenset(m.quadrant_id for m in self.current_memberships if m.quadrant_id)

    def school_ids_as(self, *roles: str) -> frozenset[UUID]:
        """Schools where the person holds one of these roles."""
        return frozenset(
            m.school_id for m in self.current_memberships if m.school_id and m.role in roles
        )

    def roles_kept(self) -> set[str]:
        """What the person holds, also while they are deactivated."""
        return set(self.memberships.current().values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return bool(self.roles & frozenset(roles))

    def at(self, school: UUID) -> "User":
        """The same person as if they worked at this school alone, for reading."""
        kept = [m for m in self.current_memberships if m.school_id in (None, school)]
        narrowed = copy(self)
        for known in ("roles", "school_ids", "quadrant_ids"):
            vars(narrowed).pop(known, None)
        narrowed.current_memberships = kept
        return narrowed


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_on=None)

    def visible_to(self, user: User) -> "MembershipQuerySet":
        """All for who keeps people; for a headteacher those they give, at their own school."""
        if user.has_role(*ADMINISTRATOR, *AUDITOR):
            return self
        schools = user.school_ids_as(Role.HEADTEACHER)
        return self.filter(role__in=STAFF_ROLES, school__in=schools)


@audited
class Membership(UuidModel):
    """One role of one person, at a school, in a quadrant or for the whole authority.

    Ended, never deleted: who worked for a school may not moderate its cases (rules.md M4).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    quadrant = models.ForeignKey(
        Quadrant, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "school", "quadrant"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES_AT_A_SCHOOL)) ^ Q(school=None),
                name="membership_school_where_needed",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES_IN_A_QUADRANT)) ^ Q(quadrant=None),
                name="membership_quadrant_where_needed",
            ),
        ]

    def __str__(self) -> str:
        place = self.school or self.quadrant
        return f"{self.get_role_display()}, {place}" if place else self.get_role_display()
