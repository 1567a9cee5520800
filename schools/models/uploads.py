"""Files of the register, of people and of quadrants sent in on screen."""

from typing import Any

from django.db import models

from banding_portal.roles import ADMINISTRATOR, AUDITOR
from banding_portal.uploads.models import Upload
from schools.choices import RegisterKind


class RegisterUpload(Upload):
    """A file of the register of schools, or of its links (rules.md S1, S2)."""

    WHAT = "Register of schools"
    PAGE = "schools:register_upload_detail"
    WORK = "schools.services.register.import_register_file"
    READERS = ADMINISTRATOR | AUDITOR
    GIVES = {"kind": "kind", "la_code": "la_code", "by": "on_behalf_of", "job": "pk"}

    kind = models.CharField(max_length=8, choices=RegisterKind, default=RegisterKind.SCHOOLS)
    la_code = models.CharField(
        max_length=3, blank=True, help_text="Only this authority’s schools; empty for all."
    )

    @classmethod
    def what(cls) -> Any:
        said = RegisterKind.LINKS.label
        links = models.When(kind=RegisterKind.LINKS, then=models.Value(said))
        return models.Case(links, default=super().what(), output_field=models.CharField())


class PeopleUpload(Upload):
    """People and their roles, as a file."""

    WHAT = "People and roles"
    PAGE = "schools:people_upload_detail"
    WORK = "schools.services.people_files.import_people"
    READERS = ADMINISTRATOR | AUDITOR
    GIVES = {"by": "on_behalf_of"}


class QuadrantUpload(Upload):
    """Schools and their quadrants, as a file."""

    WHAT = "Schools and quadrants"
    PAGE = "schools:quadrant_upload_detail"
    WORK = "schools.services.quadrant_files.import_quadrants"
    READERS = ADMINISTRATOR | AUDITOR
    GIVES = {"by": "on_behalf_of"}
