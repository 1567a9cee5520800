"""What a moderator may do with the training cases of a framework (M12)."""

from django.urls import reverse

from banding.frameworks.selectors import training_cases_of
from banding.models import Framework
from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import MODERATOR
from moderation.calibration.models import TrainingJudgement
from moderation.calibration.selectors import Calibrated
from schools.models import User

LOCKED = "You have locked your judgement of this training case already. It stays as it was."


@actions_for.register
def calibrated_actions(stands: Calibrated, user: User) -> Actions:
    """The moderator themselves begins a set, or goes on with the one that is open."""
    if stands.moderator.pk != user.pk:
        return Actions()
    return calibration_actions(stands.framework, user, wanted=not stands.standing.may_judge)


def calibration_actions(framework: Framework, user: User, *, wanted: bool = False) -> Actions:
    """`wanted` where no case may be judged before."""
    if not user.has_role(*MODERATOR):
        return Actions()
    without = [] if training_cases_of(framework) else ["This framework has no training cases."]
    return Actions(
        Action(
            "start",
            "Judge training cases",
            reverse("moderation:calibration_start", args=[framework.pk]),
            primary=wanted,
            posts=True,
            why_not=without,
        )
    )


@actions_for.register
def training_actions(row: TrainingJudgement, user: User) -> Actions:
    if row.calibration.moderator_id != user.pk:
        return Actions()
    url = reverse("moderation:training_case", args=[row.pk])
    locked = [LOCKED] if row.locked_at else []
    return Actions(Action("judge", "Judge it", url, why_not=locked))
