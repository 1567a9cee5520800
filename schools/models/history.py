"""What was true of a pupil or a school until a day (rules.md S11).

Filled by the triggers of `schools/models/remembering.py`. A fact begins the day after the one
before it of its kind ended, so that a history has no gap and no overlap.
"""

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Lag, Now

from banding_portal.audit import audited, audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import ALL_PUPIL_ROLES
from banding_portal.search import folded_column
from banding_portal.words import day as in_words
from schools.authorities import NAMES
from schools.choices import KNOWN_BY, Fact, PrimaryNeed, Sector
from schools.models.pupils import Pupil
from schools.models.register import School

if TYPE_CHECKING:
    from schools.models.people import User

M = TypeVar("M", bound=models.Model)
DAY = dt.timedelta(days=1)


class Former(UuidModel):
    """Something true until a day, that day included."""

    until = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["until", "recorded_at"]


class FormerFactQuerySet(models.QuerySet["FormerFact"]):
    def visible_to(self, user: "User") -> "FormerFactQuerySet":
        """For those who see every pupil: a former name may be nobody else's business."""
        return self if user.roles & ALL_PUPIL_ROLES else self.none()

    def on(self, day: dt.date) -> "FormerFactQuerySet":
        """What was true on a day and is not any more, one of each pupil and kind."""
        found = self.filter(until__gte=day).order_by("pupil_id", "kind", "until", "recorded_at")
        return found.distinct("pupil_id", "kind")

    def with_start(self) -> "FormerFactQuerySet":
        """Each with `before`, the last day of the one before it; None where there is none."""
        order = (F("until"), F("recorded_at"))
        earlier = Window(Lag("until"), partition_by=[F("pupil"), F("kind")], order_by=order)
        return self.annotate(before=earlier)


@audited_without("folded")
class FormerFact(Former):
    """One former fact of a pupil: a name as “Khan, Amira”, a date as 2018-03-04, else as kept."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="former_facts")
    kind = models.CharField(max_length=16, choices=Fact)
    value = models.CharField(max_length=170)
    folded = folded_column("value")
    sentence: str = ""

    objects = FormerFactQuerySet.as_manager()

    class Meta(Former.Meta):
        indexes = [models.Index(fields=["kind", "value"], name="former_fact_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "kind", "until"],
                condition=~Q(kind__in=sorted(KNOWN_BY)),
                name="former_fact_one_a_day",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="former_fact_has_a_value"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value} until {self.until}"

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.kind == Fact.BIRTH_DATE:
            return in_words(dt.date.fromisoformat(self.value))
        if self.kind == Fact.RESPONSIBLE_LA:
            return NAMES.get(self.value, self.value)
        return dict(PrimaryNeed.choices).get(self.value, self.value)


@audited
class FormerSector(Former):
    """The sector a school was in until a day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="former_sectors")
    sector = models.CharField(max_length=24, choices=Sector)

    class Meta(Former.Meta):
        constraints = [
            models.UniqueConstraint(fields=["school", "until"], name="former_sector_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()} until {self.until}"
