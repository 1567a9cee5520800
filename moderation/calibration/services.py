"""Beginning a set of training cases, and judging them one by one (M12)."""

from django.utils import timezone

from banding.assessment.services import assessment_of, write_assessment
from banding.models import Framework
from banding_portal.actions import actions_for
from banding_portal.verbs import verb
from moderation.calibration.actions import calibration_actions
from moderation.calibration.models import Calibration, TrainingJudgement
from moderation.calibration.rules import next_set
from moderation.calibration.selectors import judged_so_far, keyed_cases, rules_in_force
from moderation.services.judgements import Answers, refuse_unfinished
from schools.models import User


@verb
def start_calibration(*, framework: Framework, by: User) -> Calibration:
    """The person's open set under the framework, or a new one of the cases judged least often.

    Pressed twice it is one set. Raises RefusalError for who does not moderate, and where the
    framework keeps no cases back.
    """
    calibration_actions(framework, by).require("start")
    User.objects.select_for_update().get(pk=by.pk)
    found = Calibration.objects.filter(moderator=by, framework=framework, finished_at=None).first()
    if found:
        return found
    cases = keyed_cases(framework)
    chosen = next_set(
        cases, judged_so_far(by, framework), size=rules_in_force().size, person=str(by.pk)
    )
    made = Calibration.objects.create(moderator=by, framework=framework)
    TrainingJudgement.objects.bulk_create(
        TrainingJudgement(calibration=made, place=place, key=key, case=cases[key])
        for place, key in enumerate(chosen, start=1)
    )
    return made


@verb
def save_training_draft(
    *, judgement: TrainingJudgement, by: User, answers: Answers
) -> TrainingJudgement:
    """Keep what the moderator has so far. Raises RefusalError when it is not theirs or locked."""
    return keep(held(judgement, by), answers)


@verb
def lock_training_judgement(
    *, judgement: TrainingJudgement, by: User, answers: Answers
) -> TrainingJudgement:
    """Keep and lock it; the set is finished with the last one.

    Raises RefusalError when something is missing, or it is locked already.
    """
    found = held(judgement, by)
    refuse_unfinished(found.calibration.framework, answers)
    found.locked_at = timezone.now()
    keep(found, answers)
    calibration = found.calibration
    if not calibration.judgements.to_judge().exists():
        calibration.finished_at = found.locked_at
        calibration.save(update_fields=["finished_at"])
    return found


def held(judgement: TrainingJudgement, by: User) -> TrainingJudgement:
    """With its set held, so that two requests about it come one after the other."""
    Calibration.objects.select_for_update().get(pk=judgement.calibration_id)
    rows = TrainingJudgement.objects.select_related("calibration__framework")
    found = rows.get(pk=judgement.pk)
    actions_for(found, by).require("judge")
    return found


def keep(judgement: TrainingJudgement, answers: Answers) -> TrainingJudgement:
    framework = judgement.calibration.framework
    given = assessment_of(framework, answers.levels, answers.band, rationale=answers.rationale)
    write_assessment(judgement, given, confidence=answers.confidence)
    return judgement
