"""Officers put right when a school changed its sector; the register knows the day of the file."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import FormPage
from banding_portal.roles import COLLECTION_RUNNERS
from schools.forms.sectors import SectorForm
from schools.models import FormerSector
from schools.models.history import DAY
from schools.services.sectors import correct_sector


class SectorCorrect(FormPage[FormerSector]):
    allowed_roles = COLLECTION_RUNNERS
    template_name = "schools/sector_correct.html"
    form_class = SectorForm

    def find(self) -> FormerSector:
        found = FormerSector.objects.select_related("school")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"since": self.found.until + DAY}

    def act(self, form: SectorForm) -> str:
        correct_sector(former=self.found, by=self.user, **form.cleaned_data)
        return "It is put right. The next run adjusts what was published."

    def next_url(self) -> str:
        return reverse("schools:school_detail", args=[self.found.school_id])

    def context(self) -> dict[str, Any]:
        return {"former": self.found, "parent_url": self.next_url()}
