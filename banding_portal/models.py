"""What every model of the portal shares."""

import uuid

from django.db import models

from banding_portal.help.models import TourPutAway
from banding_portal.kept_forms.models import KeptForm, SentForm
from banding_portal.learned.models import LearnedWord
from banding_portal.mails.models import Letter, MailAway
from banding_portal.notices.models import Notice, NoticeRefusal
from banding_portal.public_texts.models import PublicText
from banding_portal.seals.models import Seal, TrailCheck
from banding_portal.sign_in.models import SignIn

__all__ = [
    "KeptForm",
    "LearnedWord",
    "Letter",
    "MailAway",
    "Notice",
    "NoticeRefusal",
    "PublicText",
    "Seal",
    "SentForm",
    "SignIn",
    "TourPutAway",
    "TrailCheck",
    "UuidModel",
]


class UuidModel(models.Model):
    """A row known by a UUID, so that an address never counts or reveals anything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
