"""A moderator's own judgement: kept as a draft, then locked once and for all (M4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from banding.assessment.problems import areas_missing
from banding.assessment.services import assessment_of, write_assessment
from banding.models import Band, Framework
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.cases import case_actions
from moderation.choices import CaseState
from moderation.models import Case, CaseOpening, Judgement
from moderation.services.assignment import state_of
from moderation.services.telling import tell_of_judged
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
    return keep(case_to_judge(case, by), by, answers)


def note_opened(*, case: UUID, person: User) -> None:
    """Put on record when somebody who judges the case first saw it."""
    CaseOpening.objects.bulk_create(
        [CaseOpening(case_id=case, person=person)], ignore_conflicts=True
    )


@verb
def lock_judgement(*, case: Case, by: User, answers: Answers) -> Judgement:
    """Keep and lock the judgement; the case is judged when everybody's is locked.

    Raises RefusalError when something is missing, or it is locked already.
    """
    case = case_to_judge(case, by)
    judgement = keep(case, by, answers)
    refuse_unfinished(case.decision.framework, answers)
    judgement.locked_at = timezone.now()
    judgement.save(update_fields=["locked_at"])
    if state_of(case) == CaseState.JUDGED:
        case.move(CaseState.JUDGED, by=by)
        tell_of_judged(case, by)
    return judgement


def refuse_unfinished(framework: Framework, answers: Answers) -> None:
    """Of a training case too: what is locked is whole."""
    areas = framework.areas.values_list("code", flat=True)
    unfinished = areas_missing(areas, answers.levels) or answers.band is None
    if unfinished or not answers.confidence:
        raise RefusalError("Choose a level in each area, a band and how sure you are.")


def case_to_judge(case: Case, by: User) -> Case:
    """The case, held so that two requests about it come one after the other."""
    held = Case.objects.select_for_update(of=("self",))
    found = held.select_related("decision__framework").get(pk=case.pk)
    case_actions(found, by).require("judge")
    return found


def keep(case: Case, by: User, answers: Answers) -> Judgement:
    judgement, _ = Judgement.objects.get_or_create(case=case, moderator=by)
    framework = case.decision.framework
    given = assessment_of(framework, answers.levels, answers.band, rationale=answers.rationale)
    write_assessment(judgement, given, confidence=answers.confidence)
    return judgement
