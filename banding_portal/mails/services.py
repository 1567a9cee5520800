"""An administrator has an email sent once more (rules.md R6)."""

from typing import Any

from banding_portal.mails.actions import mail_actions
from banding_portal.mails.log import mail_of, sources
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb

GONE = "This email is no longer on record."


@verb
def send_again(*, source: str, row: str, by: Any) -> str:
    """Queue it anew; returns whom it goes to. Raises RefusalError where it cannot be sent."""
    mail = mail_of(source, row)
    if mail is None:
        raise RefusalError(GONE)
    mail_actions(mail, by).require("again")
    again = sources()[source].again
    if again is None or not again(row):
        raise RefusalError(GONE)
    return str(mail.address)
