"""Runs, their lines and the exceptions to clear (rules.md F3-F9)."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from banding.joiners.rules import joiner_reference
from banding.models import Band, BandDecision, Framework
from banding_portal.audit import audited_without
from banding_portal.models import UuidModel
from banding_portal.roles import FINANCE_ROLES, SCHOOL_ROLES, Role
from banding_portal.states import Stateful
from banding_portal.words import day, lower_first
from funding.choices import (
    ALLOWED,
    REPORTED_ON,
    CauseKind,
    ExceptionKind,
    LineKind,
    ProtectionKind,
    RunState,
)
from funding.models.calendars import Period
from funding.models.protection import (
    exceptions_of_published_runs_stay,
    lines_of_published_runs_stay,
    published_runs_stay,
    runs_are_published_by_two,
)
from schools.choices import PlanType, Sector
from schools.models import Pupil, School

if TYPE_CHECKING:
    from schools.models import User


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: "User") -> "RunQuerySet":
        return self if user.has_role(*FINANCE_ROLES, Role.AUDITOR) else self.none()


@audited_without("summary", "inputs_mark", "replaced_at")
class Run(UuidModel, Stateful):
    """One calculation of a period. Published once, by somebody other than its preparer."""

    NOUN, MOVES = "A run", ALLOWED
    COLOURS = {RunState.CHECKED: "light-blue", RunState.PUBLISHED: "green"}

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="runs")
    sequence = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.DRAFT)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    inputs_hash = models.CharField(max_length=64, blank=True)
    lines_hash = models.CharField(max_length=64, blank=True)
    control_total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    summary = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        help_text="Totals of the lines as they were calculated; a page does not add them up again.",
    )
    inputs_mark = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        help_text="Of each kind of input how many changes were recorded when it was calculated.",
    )
    replaced_at = models.DateTimeField(
        null=True,
        help_text="When the draft was prepared that this one took the place of.",
    )
    published_before = models.PositiveIntegerField(
        default=0,
        help_text="Runs published when this one was calculated; more since make it out of date.",
    )

    duplicates_unnamed = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Likely duplicates found beside those listed as exceptions.",
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-period__start", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["period", "sequence"], name="run_once"),
            models.UniqueConstraint(
                fields=["period"], condition=~Q(state="published"), name="run_one_open_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(
                    published_by__isnull=False,
                    published_at__isnull=False,
                    sent_by__isnull=False,
                    sent_at__isnull=False,
                ),
                name="run_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None)
                | (~Q(published_by=F("prepared_by")) & ~Q(published_by=F("sent_by"))),
                name="run_published_by_another",
            ),
        ]
        triggers = [published_runs_stay, runs_are_published_by_two]

    def __str__(self) -> str:
        return f"{self.period}, run {self.sequence}"

    @property
    def is_draft(self) -> bool:
        return self.state == RunState.DRAFT

    @property
    def is_outdated(self) -> bool:
        """Whether its calendar changed after it was calculated, which takes its lines away."""
        return self.is_draft and not self.lines_hash

    def refusal_of(self, state: str) -> str:
        if self.state == RunState.PUBLISHED:
            return "This run is published already."
        return super().refusal_of(state)


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, user: "User") -> "LineQuerySet":
        """Every line for finance and auditors; for a school's people their published lines."""
        if user.has_role(*FINANCE_ROLES, Role.AUDITOR):
            return self
        schools = user.school_ids_as(*SCHOOL_ROLES)
        return self.filter(school__in=schools, run__state=RunState.PUBLISHED)


class Line(UuidModel):
    """An amount for a pupil at a school from a day to a day, with all it came from (F9).

    Written by the set-based run; nothing reads it and works it out again.
    """

    # Written by the hundred thousand, so the database looks up only what nothing else holds on to:
    # the run or an earlier published one keeps the period, the decision its band and framework.
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines", db_index=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # None for what the school is paid itself: lump sums, a minimum, instalments of a recovery.
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.PROTECT, related_name="lines")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    kind = models.CharField(max_length=12, choices=LineKind)
    basis = models.CharField(max_length=16, choices=PlanType, blank=True)
    framework = models.ForeignKey(
        Framework,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    band = models.ForeignKey(
        Band,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    decision = models.ForeignKey(
        BandDecision, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    annual_value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    value_from = models.DateField(null=True)
    on_roll_from = models.DateField(null=True)
    on_roll_to = models.DateField(null=True)
    plan_from = models.DateField(null=True)
    plan_to = models.DateField(null=True)
    responsible_la = models.CharField(max_length=3, blank=True)
    start = models.DateField()
    end = models.DateField()
    days = models.PositiveSmallIntegerField()
    period_days = models.PositiveSmallIntegerField()
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, help_text="Pounds; empty when unvalued."
    )
    school_days = models.PositiveSmallIntegerField(
        null=True, help_text="Paid by school days: those of the line, out of those of the year."
    )
    year_school_days = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    # Of an adjustment: what was published for its days before, and what changed since. The annual
    # value is what is due now; nothing for both is what no day explains.
    was_annual = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    was_band = models.CharField(max_length=60, blank=True, db_default="")
    cause = models.CharField(max_length=12, choices=CauseKind, blank=True, db_default="")
    cause_said = models.CharField(max_length=300, blank=True, db_default="")
    cause_by = models.CharField(max_length=150, blank=True, db_default="")
    cause_at = models.DateTimeField(null=True)
    # Of an adjustment all that is due for its pupil, school and period, and all that was published.
    due_total = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    published_total = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    # Of protection the rule it follows.
    protected_as = models.CharField(max_length=8, choices=ProtectionKind, blank=True, db_default="")
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    # Of a recovery the instalment, from 1, of so many; 0 is what is held back of the whole (F25).
    recovers = models.ForeignKey(
        "funding.RecoveryAgreement",
        null=True,
        on_delete=models.RESTRICT,
        related_name="lines",
        db_index=False,
    )
    instalment = models.PositiveSmallIntegerField(null=True)
    instalments = models.PositiveSmallIntegerField(null=True)
    claim = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        help_text="What another authority owes for its pupil here, in pounds; in no total (F16).",
    )
    # As it was when the line was calculated: what is renamed or put right since changes nothing
    # that was published. Schedules, statements, totals and hashes read these alone.
    la_number = models.CharField(max_length=8, blank=True)
    urn = models.CharField(max_length=6, blank=True)
    school_name = models.CharField(max_length=200, blank=True)
    school_type = models.CharField(max_length=120, blank=True)
    type_code = models.PositiveSmallIntegerField(null=True)
    type_group_code = models.PositiveSmallIntegerField(null=True)
    phase = models.CharField(max_length=60, blank=True)
    payee = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=24, choices=Sector, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    framework_code = models.CharField(max_length=40, blank=True)
    band_code = models.CharField(max_length=12, blank=True)
    band_name = models.CharField(max_length=60, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["urn", "reference", "start"]
        indexes = [models.Index(fields=["run", "school"], name="line_run_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="unvalued") ^ Q(amount__isnull=False),
                name="line_amount_or_unvalued",
            )
        ]
        triggers = [*lines_of_published_runs_stay]

    def __str__(self) -> str:
        return f"{self.pupil_id or self.school_id} {self.start} {self.amount}"

    @property
    def kind_and_cause(self) -> str:
        """Adjustment: placement"""
        cause = f": {lower_first(self.get_cause_display())}" if self.cause else ""
        return f"{self.get_kind_display()}{cause}"


@pghistory.track(pghistory.UpdateEvent(), level=pghistory.Statement)
class RunException(UuidModel):
    """Something a person has to look at before the run can be published.

    Audited when somebody clears it; calculating makes and removes them by the thousand.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="exceptions")
    kind = models.CharField(max_length=16, choices=ExceptionKind)
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.PROTECT, related_name="+")
    joiner = models.UUIDField(
        null=True, help_text="Who is no pupil yet. The school may have withdrawn them since."
    )
    joiner_upn = models.CharField(max_length=13, blank=True, db_default="")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    other_school = models.ForeignKey(
        School,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="For an overlap: the school that is not paid.",
    )
    other_pupil = models.ForeignKey(
        Pupil,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of a likely duplicate: the other record of the child.",
    )
    start = models.DateField()
    end = models.DateField()
    earlier_period = models.ForeignKey(
        Period,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The published period it is about; empty for the run’s own.",
    )
    reported_day = models.DateField(
        null=True,
        help_text="As the school gave it: the leaver’s last one, the joiner’s first.",
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True)
    cleared_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["kind", "pupil__reference", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *["run", "kind", "pupil", "joiner", "school", "other_school", "start"],
                    *["earlier_period", "other_pupil"],
                ],
                nulls_distinct=False,
                name="run_exception_once",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None) | ~Q(cleared_reason=""),
                name="run_exception_cleared_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(pupil=None) ^ Q(joiner=None), name="run_exception_of_pupil_or_joiner"
            ),
        ]
        triggers = [exceptions_of_published_runs_stay]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pupil_id or self.joiner}"

    @property
    def reference(self) -> str:
        """Of the pupil; of who is none yet a number of its own, for finance sees no names."""
        if self.joiner:
            return joiner_reference(self.joiner)
        return self.pupil.reference if self.pupil else ""

    @property
    def upn(self) -> str:
        return (self.pupil.upn or "") if self.pupil else self.joiner_upn

    @property
    def schools(self) -> str:
        """Of a likely duplicate: where the two records are paid."""
        return " and ".join(dict.fromkeys(str(s) for s in (self.school, self.other_school) if s))

    @property
    def what(self) -> str:
        """Its kind, with the day that the school gave."""
        if self.reported_day is None:
            return self.get_kind_display()
        return REPORTED_ON[self.kind].format(day=day(self.reported_day))
