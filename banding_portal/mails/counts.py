"""What home only counts of emails: whether there is anything to see to."""

from typing import TYPE_CHECKING

from banding_portal.counting import Counted
from banding_portal.mails.log import refused_mails
from banding_portal.mails.models import MailAway
from banding_portal.roles import ADMINISTRATOR

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def counts_of(user: "_User") -> Counted:
    if not ADMINISTRATOR & user.roles:
        return {}
    return {"mail_away": MailAway.objects.all(), "refused_mails": refused_mails()}
