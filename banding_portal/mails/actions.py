"""What a person may do with an email of the log."""

from typing import Any

from django.urls import reverse

from banding_portal.actions import Action, Actions
from banding_portal.mails.choices import MailState
from banding_portal.mails.log import Mail, sources
from banding_portal.roles import ADMINISTRATOR

ACCOUNT = (
    "It may hold a link that works only once. "
    "Invite the person again, or let them ask for a new one."
)
WAITS = "It is waiting to be sent."
DONE = "What it was about is done."


def mail_actions(mail: Mail, user: Any) -> Actions:
    if not user.has_role(*ADMINISTRATOR):
        return Actions()
    url = reverse("mail_again", args=[mail.source, mail.row["row"]])
    words = "Send it again"
    return Actions(Action("again", words, url, posts=True, why_not=why_not_again(mail), cannot=""))


def why_not_again(mail: Mail) -> list[str]:
    if sources()[mail.source].again is None:
        return [ACCOUNT]
    if mail.state == MailState.QUEUED:
        return [WAITS]
    return [DONE] if mail.state == MailState.DROPPED else []
