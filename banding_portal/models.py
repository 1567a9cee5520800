"""What every model of the portal shares."""

import uuid

from django.db import models

from banding_portal.kept_forms.models import KeptForm

__all__ = ["KeptForm", "UuidModel"]


class UuidModel(models.Model):
    """A row known by a UUID, so that an address never counts or reveals anything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
