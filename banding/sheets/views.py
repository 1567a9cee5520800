"""A pupil's decision as a sheet of paper for the annual review meeting."""

from typing import Any

from banding.assessment.services import levels_of
from banding.frameworks.selectors import areas_with_levels
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import line_of
from banding_portal.pages import Page
from banding_portal.roles import RETURN_READERS


class ReviewSheet(AboutReturnPupil, Page):
    """Descriptors, levels and band with space to sign; with `?empty=yes` nothing filled in."""

    allowed_roles = RETURN_READERS
    template_name = "banding/review_sheet.html"

    def context(self) -> dict[str, Any]:
        line = line_of(self.found)
        framework = self.pupil_return.collection.framework
        is_empty = self.request.GET.get("empty") == "yes" or line.is_off
        decision = None if is_empty else line.decision
        if line.is_off:
            why_empty = f"{line.pupil.forename} is recorded as “{line.status_words}” here."
        else:
            why_empty = f"Nothing is saved for {line.pupil.forename} in this collection yet."
        return {
            "line": line,
            "pupil": line.pupil,
            "decision": decision,
            "why_empty": "" if line.decision and not line.is_off else why_empty,
            "areas": areas_with_levels(framework),
            "bands": list(framework.bands.all()),
            "chosen": set(levels_of(decision)) if decision else set(),
            "signatures": ("SENCO", "Parent or carer", "Pupil, if they wish", "Headteacher"),
        }
