"""Decisions of the SEND operations panel, outside any collection (rules.md B3, B4)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.decisions.problems import problems_of_decision
from banding.decisions.services import chosen_from, says_the_same, write_choice
from banding.models import Band, BandDecision, Framework
from banding_portal.refusals import RefusalError
from schools.models import Pupil, User


@transaction.atomic
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
    RefusalError when something is missing.
    """
    # A pupil's panel decisions come one after the other, so that the later sees the earlier.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    chosen = chosen_from(framework, levels, band, difference_reason, rationale)
    problems = problems_of_decision(
        areas=list(framework.areas.values_list("pk", flat=True)),
        levels=[level.area_id for level in chosen.levels],
        band=band,
        suggested=chosen.suggested_band,
        difference_reason=chosen.difference_reason,
    )
    if problems:
        raise RefusalError(f"{'. '.join(problems)}.")
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
        earlier.state = DecisionState.SUPERSEDED
        earlier.save(update_fields=["state"])
    decision = BandDecision(
        pupil=pupil,
        framework=framework,
        source=DecisionSource.PANEL,
        state=DecisionState.SUBMITTED,
        submitted_at=timezone.now(),
        effective_from=effective_from,
        supersedes=earlier,
    )
    write_choice(decision, chosen, by)
    return decision
