"""Register files sent in on screen."""

from typing import TYPE_CHECKING

from django.db import models

from banding_portal.roles import Role
from banding_portal.uploads.models import Upload
from schools.choices import RegisterKind

if TYPE_CHECKING:
    from schools.models.people import User


class RegisterUploadQuerySet(models.QuerySet["RegisterUpload"]):
    def visible_to(self, user: "User") -> "RegisterUploadQuerySet":
        return self if user.has_role(Role.ADMINISTRATOR, Role.AUDITOR) else self.none()


class RegisterUpload(Upload):
    """A file of the register of schools, or of its links (rules.md S1, S2)."""

    WORK = "schools.services.register.run_register_upload"

    kind = models.CharField(max_length=8, choices=RegisterKind, default=RegisterKind.SCHOOLS)
    la_code = models.CharField(
        max_length=3, blank=True, help_text="Only this authority's schools; empty for all."
    )

    objects = RegisterUploadQuerySet.as_manager()
