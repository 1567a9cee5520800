"""A moderator's own judgement: kept as a draft, then locked once and for all (M4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from banding.models import Band, Level
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.choices import CaseState
from moderation.models import Case, Judgement, JudgementLevel
from moderation.services.assignment import state_of
from schools.models import User


@dataclass(frozen=True)
class Answers:
    """What a moderator has entered so far; `levels` is area code to level code."""

    levels: Mapping[str, str]
    band: Band | None
    confidence: str = ""
    rationale: str = ""


@verb
def save_draft(*, case: Case, by: User, answers: Answers) -> Judgement:
    """Keep what the moderator has so far. Raises RefusalError when it is not theirs or locked."""
    return keep(locked_case(case), by, answers)


@verb
def lock_judgement(*, case: Case, by: User, answers: Answers) -> Judgement:
    """Keep and lock the judgement; the case is judged when everybody's is locked.

    Raises RefusalError when something is missing, or it is locked already.
    """
    case = locked_case(case)
    judgement = keep(case, by, answers)
    areas = case.decision.framework.areas.count()
    if answers.band is None or not answers.confidence or len(answers.levels) < areas:
        raise RefusalError("Choose a level in each area, a band and how sure you are.")
    judgement.locked_at = timezone.now()
    judgement.save(update_fields=["locked_at"])
    if state_of(case) == CaseState.JUDGED:
        case.move(CaseState.JUDGED, by=by)
    return judgement


def locked_case(case: Case) -> Case:
    """The case, held so that two requests about it come one after the other."""
    held = Case.objects.select_for_update(of=("self",))
    return held.select_related("decision__framework").get(pk=case.pk)


def keep(case: Case, by: User, answers: Answers) -> Judgement:
    if by.pk not in case.judge_ids:
        raise RefusalError("This case is not given to you.")
    if case.state != CaseState.ASSIGNED:
        raise RefusalError(f"This case is “{case.get_state_display()}” and takes no judgement.")
    judgement, _ = Judgement.objects.get_or_create(case=case, moderator=by)
    if judgement.locked_at:
        raise RefusalError("You have locked your judgement already. It stays as it was.")
    if answers.band and answers.band.framework_id != case.decision.framework_id:
        raise RefusalError(f"{answers.band} is not a band of {case.decision.framework}.")
    judgement.band = answers.band
    judgement.confidence = answers.confidence
    judgement.rationale = answers.rationale
    judgement.save(update_fields=["band", "confidence", "rationale"])
    keep_levels(judgement, case, answers.levels)
    return judgement


def keep_levels(judgement: Judgement, case: Case, chosen: Mapping[str, str]) -> None:
    levels = Level.objects.filter(area__framework_id=case.decision.framework_id)
    known = {(lv.area.code, lv.code): lv for lv in levels.select_related("area")}
    if unknown := [pair for pair in chosen.items() if pair not in known]:
        area, level = unknown[0]
        raise RefusalError(f"There is no level {level} in the area {area}.")
    picked = [known[pair] for pair in chosen.items()]
    judgement.levels.all().delete()
    JudgementLevel.objects.bulk_create(
        JudgementLevel(judgement=judgement, area=level.area, level=level) for level in picked
    )
