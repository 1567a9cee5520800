"""Decisions of the SEND operations panel, outside any collection (rules.md B3, B4)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Min
from django.utils import timezone

from banding.assessment.services import complete_assessment, says_the_same, write_assessment
from banding.choices import DecisionSource, DecisionState, FrameworkState
from banding.models import Band, BandDecision, Framework
from banding.panel.actions import actions_on_panel
from banding.panel.rules import problem_of_effect
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import Pupil, User


@verb
def decide_under_several(
    *, pupil: Pupil, decisions: Mapping[Framework, Mapping[str, Any]], by: User
) -> list[BandDecision]:
    """Band a pupil under several frameworks at once, each its own decision; all or none.

    Raises RefusalError like `decide_for_panel`, and when there is nothing to decide.
    """
    if not decisions:
        raise RefusalError("Choose levels and a band under at least one framework.")
    return [
        decide_for_panel(pupil=pupil, framework=framework, by=by, **choice)
        for framework, choice in decisions.items()
    ]


@verb
def decide_for_panel(
    *,
    pupil: Pupil,
    framework: Framework,
    levels: Mapping[str, str],
    band: Band | None,
    difference_reason: str,
    rationale: str,
    effective_from: dt.date,
    by: User,
) -> BandDecision:
    """Band a pupil under a framework; in force at once from `effective_from`.

    It supersedes an earlier panel decision of the same day under the same framework. Raises
    RefusalError when something is missing, for a day that cannot be, or when `by` may not band
    for the panel.
    """
    actions_on_panel(by).require("band")
    if framework.state != FrameworkState.PUBLISHED:
        raise RefusalError(f"{framework} is not published, so nobody is banded under it.")
    refuse_day(pupil, framework, effective_from)
    # A pupil's panel decisions come one after the other, so that the later sees the earlier.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    chosen = complete_assessment(framework, levels, band, difference_reason, rationale)
    same_day = BandDecision.objects.in_force().filter(
        pupil=pupil,
        framework=framework,
        collection=None,
        source=DecisionSource.PANEL,
        effective_from=effective_from,
    )
    earlier = same_day.first()
    if earlier is not None:
        if says_the_same(earlier, chosen):
            return earlier
        earlier.move(DecisionState.SUPERSEDED, by=by)
    decision = BandDecision(
        pupil=pupil,
        framework=framework,
        source=DecisionSource.PANEL,
        state=DecisionState.SUBMITTED,
        submitted_at=timezone.now(),
        effective_from=effective_from,
        supersedes=earlier,
    )
    write_assessment(decision, chosen, decided_by=by)
    return decision


def refuse_day(pupil: Pupil, framework: Framework, wanted: dt.date) -> None:
    problem = problem_of_effect(
        wanted,
        born=pupil.date_of_birth,
        since=framework.effective_from,
        today=timezone.localdate(),
        planned=pupil.plans.aggregate(first=Min("start"))["first"],
    )
    if problem:
        raise RefusalError(problem, field="effective_from")
