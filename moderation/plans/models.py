"""The sections of a plan, as they are shown to who judges a case."""

from django.conf import settings
from django.db import models

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from moderation.models.cases import Case


@audited
class CasePlan(UuidModel):
    """Given once for everybody who judges the case; without names and without a band."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    needs = models.TextField(blank=True, help_text="The pupil’s needs, section B.")
    provision = models.TextField(blank=True, help_text="The provision, section F.")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.case}: plan"
