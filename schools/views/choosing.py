"""Suggestions while somebody types the name of a school."""

from django.http import JsonResponse

from banding_portal.access import PortalRequest, PortalView
from banding_portal.roles import EVERYONE
from schools.forms.choosing import name_of
from schools.selectors.register import schools_matching

SUGGESTIONS = 20


class SchoolFind(PortalView):
    """The first schools the person may see that fit `q`, each as it may be entered."""

    allowed_roles = EVERYONE

    def get(self, request: PortalRequest) -> JsonResponse:
        text = request.GET.get("q", "").strip()
        found = schools_matching(request.user, {"q": text})[:SUGGESTIONS] if text else []
        return JsonResponse({"schools": [name_of(school) for school in found]})
