"""Stored scenarios, the states they were worked out on, and the work itself (rules.md F14)."""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from banding_portal.audit import audited_without
from banding_portal.jobs.models import Job, one_at_work
from banding_portal.models import UuidModel
from banding_portal.roles import AUDITOR, FINANCE_ROLES, FUNDING_READERS
from banding_portal.states import Stateful
from funding.choices import SCENARIO_MOVES, ScenarioState

if TYPE_CHECKING:
    from schools.models import User


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: "User") -> "ScenarioQuerySet":
        """Finance sees its own and those that were shared; auditors read all of them."""
        if user.has_role(*AUDITOR):
            return self
        if not user.has_role(*FINANCE_ROLES):
            return self.none()
        return self.filter(Q(made_by=user) | ~Q(state=ScenarioState.DRAFT))


@audited_without("result")
class Scenario(UuidModel, Stateful):
    """What somebody supposes of a year. It touches no real value until it is adopted."""

    NOUN, MOVES = "A scenario", SCENARIO_MOVES
    COLOURS = {ScenarioState.SHARED: "blue", ScenarioState.ADOPTED: "green"}

    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ScenarioState, default=ScenarioState.DRAFT)
    terms = models.JSONField(help_text="As in a scenario’s file (docs/commands.md).")
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    worked_out_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, help_text="When the pupils were read.")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Of the terms and the states worked out on."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    adopted_from = models.DateField(null=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_by=None) | ~Q(adopted_by=F("made_by")),
                name="scenario_adopted_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cost(self) -> Decimal | None:
        """Pounds of the year, once it is worked out."""
        return self._amount("cost_total")

    @property
    def headroom(self) -> Decimal | None:
        return self._amount("headroom")

    def _amount(self, key: str) -> Decimal | None:
        found = (self.result or {}).get(key)
        return None if found is None else Decimal(found)


class CaseloadReading(UuidModel):
    """The states of a year as they were read, for every scenario that rests on the same."""

    key = models.CharField(max_length=64, unique=True, help_text="Of what was to be read.")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Read at {self.read_at:%d/%m/%Y %H:%M}"


class ScenarioWorkQuerySet(models.QuerySet["ScenarioWork"]):
    def visible_to(self, user: "User") -> "ScenarioWorkQuerySet":
        if not user.has_role(*FUNDING_READERS):
            return self.none()
        return self.filter(scenario__in=Scenario.objects.visible_to(user))


class ScenarioWork(Job):
    """The pupils of a year to be read, and a scenario to be worked out on them."""

    NOUN: ClassVar[str] = "A calculation"
    WORK: ClassVar[str] = "funding.scenarios.services.read_and_work_out"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="works")

    objects = ScenarioWorkQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("scenario", name="scenario_work_one_at_work")]

    def __str__(self) -> str:
        return f"Working out “{self.scenario}”"
