"""The pupils a person may see, and one pupil over time."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from banding_portal.pages import ListPage, Page
from banding_portal.pictures.timeline import Span, draw
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES
from schools.actions.pupils import actions_on_pupils, pupil_actions
from schools.facts import facts_of
from schools.forms.pupils import PupilFilterForm
from schools.models import Correction, Placement, Plan, Pupil
from schools.pupil_sections import PupilSection, sections_of
from schools.selectors.history import facts_on, history_of
from schools.selectors.pupils import placements_of, plans_of, pupils_matching, seen_until
from schools.services.pupils import record_view

PUPIL_ROLES = ALL_PUPIL_ROLES | BANDING_SCHOOL_ROLES


class PupilList(ListPage[None]):
    """Pupils, searched and filtered."""

    allowed_roles = PUPIL_ROLES
    template_name = "schools/pupil_list.html"
    filter_class = PupilFilterForm

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Pupil]:
        return pupils_matching(self.user, wanted, timezone.localdate())

    def context(self) -> dict[str, Any]:
        for pupil in self.page_obj:
            pupil.year_group = pupil.year_group_on(pupil.as_of)
        return {"today": timezone.localdate(), "can": actions_on_pupils(self.user)}


class PupilDetail(Page[Pupil]):
    """One pupil: details, placements, plans, other apps' sections. Looking is recorded."""

    allowed_roles = PUPIL_ROLES
    template_name = "schools/pupil_detail.html"

    def find(self) -> Pupil:
        return get_object_or_404(Pupil.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(pupil=self.found, by=self.user)
        return super().get(*args, **kwargs)

    def context(self) -> dict[str, Any]:
        pupil, today = self.found, timezone.localdate()
        until = seen_until(pupil, self.user)
        shown: dict[str, Any] = {
            "placements": placements_of(pupil, self.user),
            "plans": plans_of(pupil, until),
            "sections": sections_of(pupil, self.user),
        }
        corrections = Correction.objects.visible_to(self.user).filter(pupil=pupil)
        return shown | {
            "corrections": corrections.select_related("made_by", "undone_by"),
            "pupil": pupil,
            "facts": facts_on(pupil, until) if until else facts_of(pupil),
            "history": history_of(pupil, self.user),
            "can": pupil_actions(pupil, self.user),
            "year_group": pupil.year_group_on(min(today, until or today)),
            "seen_until": until if until and until < today else None,
            "timeline": draw([span.until(until) for span in spans_of(**shown)], today),
        }


def spans_of(
    *, placements: list[Placement], plans: list[Plan], sections: list[PupilSection]
) -> list[Span]:
    """What the timeline shows of a pupil."""
    spans = [Span("Placement", each.school.name, each.start, each.end) for each in placements]
    spans += [Span("Plan", each.get_plan_type_display(), each.start, each.end) for each in plans]
    return spans + [span for section in sections for span in section.spans]
