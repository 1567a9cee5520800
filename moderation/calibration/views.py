"""Training cases: how one stands, a set, and judging blind (M12)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.models import Framework
from banding_portal.actions import actions_for
from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.pages.base import About
from banding_portal.roles import MODERATION_OVERSIGHT, MODERATION_READERS, MODERATOR
from moderation.calibration.models import Calibration, TrainingJudgement
from moderation.calibration.selectors import (
    calibration_of,
    everybody_calibrated,
    own_calibrations,
    with_training_cases,
)
from moderation.calibration.services import (
    lock_training_judgement,
    save_training_draft,
    start_calibration,
)
from moderation.calibration.tables import (
    beside_settled,
    shown_calibrations,
    standing_words,
    threshold_words,
)
from moderation.forms import JudgementForm
from moderation.selectors.blind import framework_with_levels


class CalibrationHome(Page[None]):
    """How a moderator stands and has judged so far; for the lead and auditors, how all do."""

    allowed_roles = MODERATION_READERS
    template_name = "moderation/calibration.html"

    def context(self) -> dict[str, Any]:
        own = own_calibrations(self.user) if self.user.has_role(*MODERATOR) else []
        everybody = everybody_calibrated() if self.user.has_role(*MODERATION_OVERSIGHT) else []
        return {
            "own": [
                {
                    "stands": one,
                    "words": standing_words(one),
                    "threshold": threshold_words(one),
                    "shown": shown_calibrations([one])[0],
                }
                for one in own
            ],
            "everybody": shown_calibrations(everybody),
            "oversees": self.user.has_role(*MODERATION_OVERSIGHT),
        }


class CalibrationStart(ActionPage[Framework]):
    """Begin a set, or go on with the one that is open."""

    allowed_roles = MODERATOR
    began: Calibration

    def find(self) -> Framework:
        return get_object_or_404(with_training_cases(), pk=self.kwargs["pk"])

    def act(self) -> str:
        self.began = start_calibration(framework=self.found, by=self.user)
        return ""

    def next_url(self) -> str:
        return next_of(self.began)

    def back_url(self) -> str:
        return reverse("moderation:calibration")


def next_of(calibration: Calibration) -> str:
    """The next training case of a set, or the set when it is finished."""
    following = calibration.judgements.to_judge().first()
    if following is None:
        return reverse("moderation:calibration_set", args=[calibration.pk])
    return reverse("moderation:training_case", args=[following.pk])


class CalibrationSet(Page[Calibration]):
    """One's own set: what is left to judge, and when it is finished what was settled, and why."""

    allowed_roles = MODERATOR
    template_name = "moderation/calibration_set.html"

    def find(self) -> Calibration:
        sets = Calibration.objects.filter(moderator=self.user).select_related("framework")
        return get_object_or_404(sets, pk=self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        framework = self.found.framework
        rows = self.found.judgements.select_related("band").prefetch_related(
            "levels__area", "levels__level"
        )
        stands = calibration_of(self.user, framework)
        shown: dict[str, Any] = {"calibration": self.found, "next_url": next_of(self.found)}
        if self.found.finished_at is None:
            return shown | {"rows": list(rows)}
        tally = next(found.tally for one, found in stands.sets if one.pk == self.found.pk)
        return shown | {
            "tally": tally,
            "beside": beside_settled(list(rows), framework),
            "is_last": stands.sets[-1][0].pk == self.found.pk,
            "words": standing_words(stands),
            "stands": stands,
        }


class AboutTrainingCase(About[TrainingJudgement], abstract=True):
    def find(self) -> TrainingJudgement:
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def rows(self) -> QuerySet[TrainingJudgement]:
        rows = TrainingJudgement.objects.of(self.user)
        return rows.select_related("calibration__framework")


class TrainingCase(AboutTrainingCase, FormPage[TrainingJudgement]):
    """An invented pupil, judged like any other: blind, until the whole set is locked."""

    allowed_roles = MODERATOR
    form_class = JudgementForm
    template_name = "moderation/training_case.html"

    def why_closed(self) -> str | Sequence[str]:
        return actions_for(self.found, self.user).why_not("judge")

    @property
    def is_draft(self) -> bool:
        return "draft" in self.request.POST

    def get_initial(self) -> dict[str, Any]:
        return JudgementForm.initial_from(self.found)

    def form_options(self) -> dict[str, Any]:
        framework = framework_with_levels(self.found.calibration.framework_id)
        return {"framework": framework, "draft": self.is_draft}

    def context(self) -> dict[str, Any]:
        return {"row": self.found, "of": self.found.calibration.judgements.count()}

    def act(self, form: JudgementForm) -> str:
        keep = save_training_draft if self.is_draft else lock_training_judgement
        keep(judgement=self.found, by=self.user, answers=form.answers())
        return "Draft saved." if self.is_draft else "Your judgement is locked."

    def next_url(self) -> str:
        if self.is_draft:
            return reverse("moderation:calibration_set", args=[self.found.calibration_id])
        return next_of(self.found.calibration)

    def back_url(self) -> str:
        return reverse("moderation:calibration_set", args=[self.found.calibration_id])
