"""What the panel still has to decide for a pupil (rules.md B4)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from banding.decisions.agreed_bands import agreed_decisions
from banding.frameworks.selectors import frameworks_in_force
from banding.models import Band, BandDecision, Framework
from schools.choices import PlanType
from schools.models import Placement, Plan, Pupil, User

NEW_FOR = dt.timedelta(days=365)
"""How long a plan counts as new, where nobody says otherwise."""


@dataclass(frozen=True)
class FrameworkChoice:
    """A framework in force for the pupil's plan, and the decision in force under it, if any.

    `nearest` is the band that is closest to the one under the framework before; to compare with.
    """

    framework: Framework
    decision: BandDecision | None
    nearest: Band | None = None
    before: BandDecision | None = None


def frameworks_to_decide(pupil: Pupil, day: dt.date) -> list[FrameworkChoice]:
    """Every framework in force on a day for the pupil's plan; an EHCP's where there is no plan."""
    types = set(pupil.plans.on(day).values_list("plan_type", flat=True))
    plan_type = PlanType.SEN_SUPPORT if types == {PlanType.SEN_SUPPORT} else PlanType.EHCP
    decisions = agreed_decisions().filter(pupil=pupil).select_related("band", "framework")
    now: dict[str, BandDecision] = {}
    for decision in decisions:
        now.setdefault(decision.framework.code, decision)
    return [
        FrameworkChoice(framework, now.get(framework.code), *nearest_band(framework, now))
        for framework in frameworks_in_force(day, plan_type)
    ]


def nearest_band(
    framework: Framework, now: Mapping[str, BandDecision]
) -> tuple[Band | None, BandDecision | None]:
    """What is closest to the band under the framework before, and the decision of that."""
    said = framework.earlier
    before = now.get(said["framework"]) if said else None
    if not before or not before.band or before.framework.version != said["version"]:
        return None, None
    codes = {pair["old"]: pair["new"] for pair in said["bands"]}
    nearest = framework.bands.filter(code=codes.get(before.band.code)).first()
    return nearest, before if nearest else None


@dataclass(frozen=True)
class NewPlan:
    """A new plan that lacks a band under a framework in force since before it began."""

    plan: Plan
    school: str
    lacking: list[Framework]


def new_plans(user: User, day: dt.date, *, since: dt.date, code: str = "") -> QuerySet[Plan]:
    """EHCPs in force on a day, begun since another, of own pupils who lack a decision (B4).

    Only frameworks count that were in force already when the plan began; `code` names one.
    The newest plan first.
    """
    lacks = Q(pk=None)
    for framework in frameworks_in_force(day, PlanType.EHCP):
        if code in ("", framework.code):
            has = Exists(under(framework.code).filter(pupil=OuterRef("pupil")))
            lacks |= ~has & Q(start__gte=framework.effective_from)
    seen = Pupil.objects.visible_to(user).filter(responsible_la=settings.LA_CODE)
    found = Plan.objects.on(day).filter(lacks, plan_type=PlanType.EHCP, start__gte=since)
    return found.filter(pupil__in=seen).select_related("pupil").order_by("-start", "pupil_id")


def under(code: str) -> QuerySet[BandDecision]:
    return BandDecision.objects.in_force().filter(framework__code=code)


def what_plans_lack(plans: Iterable[Plan], day: dt.date) -> list[NewPlan]:
    """For a page of new plans: under which frameworks, and at which school the pupil is."""
    rows = list(plans)
    pupils = [plan.pupil_id for plan in rows]
    held = set(
        BandDecision.objects.in_force()
        .filter(pupil__in=pupils)
        .values_list("pupil", "framework__code")
    )
    placed = Placement.objects.on(day).filter(pupil__in=pupils).order_by("start")
    schools = dict(placed.values_list("pupil", "school__name"))
    frameworks = frameworks_in_force(day, PlanType.EHCP)
    return [
        NewPlan(
            plan,
            schools.get(plan.pupil_id, ""),
            [
                each
                for each in frameworks
                if each.effective_from <= plan.start and (plan.pupil_id, each.code) not in held
            ],
        )
        for plan in rows
    ]
