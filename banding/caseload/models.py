"""Caseload files sent in on screen. Here and not in schools, for they name bands."""

from django.db import models

from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from banding_portal.uploads.models import Upload


class CaseloadUpload(Upload):
    """The authority's list of pupils, placements, plans and agreed bands."""

    WORK = "banding.caseload.services.import_caseload"
    READERS = COLLECTION_RUNNERS | AUDITOR
    # Whoever confirmed it enters the agreed bands.
    GIVES = {"academic_year": "academic_year", "by": "on_behalf_of"}

    academic_year = models.PositiveSmallIntegerField(
        null=True, help_text="The calendar year in which the academic year of `ncy` begins."
    )
