"""On the administrator’s home: the mail server does not answer, or addresses refuse emails."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.due import DueItem
from banding_portal.mails.choices import MailState
from banding_portal.mails.log import coming_back, mail_away, waiting_count
from banding_portal.roles import ADMINISTRATOR
from banding_portal.words import counted, day_time, number

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def due_items(user: "_User") -> list[DueItem]:
    if not ADMINISTRATOR & user.roles:
        return []
    return [*away_items(user), *refused_items(user)]


def refused_items(user: "_User") -> Iterator[DueItem]:
    """Addresses to be put right on the people’s pages."""
    if not counts_for(user)["refused_mails"]:
        return
    if refused := len(coming_back()):
        whose = "1 person" if refused == 1 else f"{number(refused)} people"
        url = f"{reverse('mail_list')}?state={MailState.BOUNCED}"
        yield DueItem("Addresses to put right", f"Emails to {whose} come back", url, "See which")


def away_items(user: "_User") -> Iterator[DueItem]:
    away = mail_away() if counts_for(user)["mail_away"] else None
    if away is None:
        return
    text = f"No answer since {day_time(away.since)}: {counted(waiting_count(), 'email')} waiting"
    yield DueItem("The mail server", text, reverse("mail_list"), "See the emails")
