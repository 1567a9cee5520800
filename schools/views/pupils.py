"""The pupils a person may see, and one pupil over time."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from banding_portal.access import PortalView
from banding_portal.pictures.timeline import Span, draw
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES, Role
from schools.forms.pupils import PupilFilterForm
from schools.models import Pupil
from schools.pupil_sections import sections_of
from schools.selectors.pupils import placements_of, plans_of, pupils_matching, seen_until
from schools.services.pupils import record_view

PUPIL_ROLES = ALL_PUPIL_ROLES | BANDING_SCHOOL_ROLES
PAGE = 50


class PupilList(PortalView):
    """Pupils, searched and filtered."""

    allowed_roles = PUPIL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        filter_form = PupilFilterForm(request.user, request.GET)
        pupils = pupils_matching(request.user, filter_form.filters(), today)
        page = Paginator(pupils, PAGE).get_page(request.GET.get("page"))
        for pupil in page:
            pupil.year_group = pupil.year_group_on(pupil.as_of)
        context = {
            "filter_form": filter_form,
            "page_obj": page,
            "today": today,
            "can_write": request.user.has_role(Role.SEND_OFFICER),
        }
        return render(request, "schools/pupil_list.html", context)


class PupilDetail(PortalView):
    """One pupil: details, placements, plans, other apps' sections. Looking is recorded."""

    allowed_roles = PUPIL_ROLES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil = get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)
        record_view(pupil, request.user)
        today, until = timezone.localdate(), seen_until(pupil, request.user)
        placements = placements_of(pupil, request.user)
        plans = plans_of(pupil, until)
        sections = sections_of(pupil, request.user)
        spans = [Span("Placement", p.school.name, p.start, p.end) for p in placements]
        spans += [Span("Plan", p.get_plan_type_display(), p.start, p.end) for p in plans]
        spans += [span for section in sections for span in section.spans]
        context = {
            "pupil": pupil,
            "year_group": pupil.year_group_on(min(today, until or today)),
            "seen_until": until if until and until < today else None,
            "placements": placements,
            "plans": plans,
            "sections": sections,
            "timeline": draw([span.until(until) for span in spans], today),
            "can_write": request.user.has_role(Role.SEND_OFFICER),
        }
        return render(request, "schools/pupil_detail.html", context)
