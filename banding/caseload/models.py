"""Caseload files sent in on screen. Here and not in schools, for they name bands."""

from typing import TYPE_CHECKING

from django.db import models

from banding_portal.roles import Role
from banding_portal.uploads.models import Upload

if TYPE_CHECKING:
    from schools.models import User


class CaseloadUploadQuerySet(models.QuerySet["CaseloadUpload"]):
    def visible_to(self, user: "User") -> "CaseloadUploadQuerySet":
        roles = (Role.ADMINISTRATOR, Role.SEND_OFFICER, Role.AUDITOR)
        return self if user.has_role(*roles) else self.none()


class CaseloadUpload(Upload):
    """The authority's list of pupils, placements, plans and agreed bands."""

    WORK = "banding.caseload.services.run_caseload_upload"

    academic_year = models.PositiveSmallIntegerField(
        null=True, help_text="The calendar year in which the academic year of `ncy` begins."
    )

    objects = CaseloadUploadQuerySet.as_manager()
