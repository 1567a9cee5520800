"""What the pages of a run share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import PortalRequest
from banding_portal.pages.base import About
from funding.models import Run
from funding.selectors.run_page import runs_to_read


def find_run(request: PortalRequest, pk: object) -> Run:
    return get_object_or_404(runs_to_read(request.user), pk=pk)


class AboutRun(About[Run], abstract=True):
    """About the run in the address; it leads back to the page of the run."""

    def find(self) -> Run:
        return find_run(self.request, self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("funding:run_detail", args=[self.found.pk])
