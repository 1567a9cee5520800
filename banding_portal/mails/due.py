"""On the administrator's home: the mail server does not answer."""

from typing import TYPE_CHECKING

from django.urls import reverse

from banding_portal.due import DueItem
from banding_portal.mails.log import mail_away, waiting_count
from banding_portal.roles import ADMINISTRATOR
from banding_portal.words import counted, day_time

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def due_items(user: "_User") -> list[DueItem]:
    away = mail_away() if ADMINISTRATOR & user.roles else None
    if away is None:
        return []
    text = f"No answer since {day_time(away.since)}: {counted(waiting_count(), 'email')} waiting"
    return [DueItem("The mail server", text, reverse("mail_list"), "See the emails")]
