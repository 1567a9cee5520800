"""Where moderation begins: one's own cases, and for the lead how far everybody is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banding_portal.access import PortalView
from banding_portal.roles import MODERATION_READERS, Role
from moderation.models import Sample
from moderation.selectors.progress import my_cases, progress_by_quadrant, progress_of
from moderation.selectors.settling import cases_to_settle
from moderation.tables import bars_of


class ModerationHomeView(PortalView):
    """One next thing to do for a moderator; samples and what waits for the lead."""

    allowed_roles = MODERATION_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        samples = list(Sample.objects.visible_to(request.user).select_related("collection"))
        latest = samples[0] if samples else None
        context = {
            "mine": my_cases(request.user) if request.user.has_role(Role.MODERATOR) else None,
            "samples": samples,
            "latest": latest,
            "may_draw": request.user.has_role(Role.MODERATION_LEAD),
            "to_settle": cases_to_settle(request.user).first(),
        }
        if latest:
            context["progress"] = progress_of(latest)
            context["quadrant_bars"] = bars_of(progress_by_quadrant(latest))
        return render(request, "moderation/home.html", context)
