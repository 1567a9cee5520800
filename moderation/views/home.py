"""Where moderation begins: one's own cases, and for the lead how far everybody is."""

from typing import Any

from banding_portal.pages import Page
from banding_portal.roles import JUDGES, MODERATION_OVERSIGHT, MODERATION_READERS, Role
from moderation.calibration.selectors import wanting_calibration
from moderation.models import Sample
from moderation.selectors.progress import my_cases, progress_by_quadrant, progress_of
from moderation.selectors.settling import cases_to_settle
from moderation.tables import bars_of
from schools.models import User


class ModerationHome(Page):
    """One next thing to do for a moderator; samples and what waits for the lead."""

    allowed_roles = MODERATION_READERS
    template_name = "moderation/home.html"

    def context(self) -> dict[str, Any]:
        samples = list(Sample.objects.standing().visible_to(self.user).select_related("collection"))
        shown = {
            **(about_own(self.user) if self.user.has_role(Role.MODERATOR) else {}),
            "samples": samples,
            "not_drawn": Sample(),
            "moderates": self.user.has_role(Role.MODERATOR),
            "oversees": self.user.has_role(*MODERATION_OVERSIGHT),
            "may_declare": self.user.has_role(*JUDGES),
        }
        return shown | (about_latest(samples[0], self.user) if samples else {})


def about_own(user: User) -> dict[str, Any]:
    return {
        "mine": my_cases(user),
        "calibrate_first": next((one.why_not for one in wanting_calibration(user)), ""),
    }


def about_latest(sample: Sample, user: User) -> dict[str, Any]:
    """What waits in this sample, and apart from it in the others."""
    waiting = list(cases_to_settle(user))
    return {
        "to_settle": [case for case in waiting if case.sample_id == sample.pk],
        "elsewhere": [case for case in waiting if case.sample_id != sample.pk],
        "latest": sample,
        "progress": progress_of(sample),
        "quadrant_bars": bars_of(progress_by_quadrant(sample)),
    }
