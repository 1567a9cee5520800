"""Joiners: pupils a school says have joined it."""

from typing import TYPE_CHECKING

from django.db import models

from banding.choices import JOINER_MOVES, JoinerState
from banding.joiners.rules import joiner_reference
from banding.returns.models import Return
from banding_portal.audit import audited
from banding_portal.looking import is_named
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES, COLLECTION_FOLLOWERS, Role
from banding_portal.states import Stateful
from schools.choices import PlanType, PrimaryNeed
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class JoinerQuerySet(models.QuerySet["Joiner"]):
    def visible_to(self, user: "User") -> "JoinerQuerySet":
        if user.roles & COLLECTION_FOLLOWERS:
            return self
        roles = {*BANDING_SCHOOL_ROLES, Role.INCLUSION_PARTNER}
        return self.filter(school__in=user.school_ids_as(*roles))


@audited
class Joiner(UuidModel, Stateful):
    """A pupil a school says has joined. An officer matches and places them; nobody is
    placed on a school's word alone, so that no school can call up another's pupil.
    """

    NOUN, MOVES = "A joiner", JOINER_MOVES
    COLOURS = {
        JoinerState.WAITING: "light-blue",
        JoinerState.PLACED: "green",
        JoinerState.REFUSED: "red",
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="joiners")
    pupil_return = models.ForeignKey(
        Return,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="joiners",
        help_text="On which it was told; none for one told out of a return.",
    )
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
    told_at = models.DateTimeField(auto_now_add=True)

    objects = JoinerQuerySet.as_manager()

    class Meta:
        ordering = ["surname", "forename"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil_return", "surname", "forename", "date_of_birth", "upn"],
                name="joiner_once",
            ),
            models.UniqueConstraint(
                fields=["school", "surname", "forename", "date_of_birth", "upn"],
                condition=models.Q(pupil_return=None, state=JoinerState.WAITING),
                name="joiner_once_out_of_a_return",
            ),
        ]

    def __str__(self) -> str:
        self.is_read()
        return f"{self.forename} {self.surname}"

    def is_read(self) -> None:
        """Who is no pupil of the portal yet is on record all the same."""
        is_named(self.pupil_id or self.pk)

    @property
    def display_name(self) -> str:
        self.is_read()
        return f"{self.surname}, {self.forename}"

    @property
    def reference(self) -> str:
        return joiner_reference(self.pk)

    @property
    def told_in(self) -> str:
        """The collection it was told in, as words."""
        return str(self.pupil_return.collection) if self.pupil_return else "Outside a return"
