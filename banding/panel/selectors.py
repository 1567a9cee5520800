"""What the panel still has to decide for a pupil (rules.md B4)."""

import datetime as dt
from dataclasses import dataclass

from banding.decisions.agreed_bands import agreed_decisions
from banding.frameworks.selectors import frameworks_in_force
from banding.models import BandDecision, Framework
from schools.choices import PlanType
from schools.models import Pupil


@dataclass(frozen=True)
class FrameworkChoice:
    """A framework in force for the pupil's plan, and the decision in force under it, if any."""

    framework: Framework
    decision: BandDecision | None


def frameworks_to_decide(pupil: Pupil, day: dt.date) -> list[FrameworkChoice]:
    """Every framework in force on a day for the pupil's plan; an EHCP's where there is no plan."""
    types = set(pupil.plans.on(day).values_list("plan_type", flat=True))
    plan_type = PlanType.SEN_SUPPORT if types == {PlanType.SEN_SUPPORT} else PlanType.EHCP
    decisions = agreed_decisions().filter(pupil=pupil).select_related("band", "framework")
    now: dict[str, BandDecision] = {}
    for decision in decisions:
        now.setdefault(decision.framework.code, decision)
    return [
        FrameworkChoice(framework, now.get(framework.code))
        for framework in frameworks_in_force(day, plan_type)
    ]
