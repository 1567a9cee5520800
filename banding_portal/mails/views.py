"""The log of emails, and the button that sends one again."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from banding_portal.mails.actions import mail_actions
from banding_portal.mails.forms import MailFilterForm
from banding_portal.mails.log import Mail, mail_away, mail_of, mails, waiting_count
from banding_portal.mails.services import send_again
from banding_portal.pages import ActionPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ADMINISTRATOR, MAIL_READERS

THEN = ("source", "row")


class MailList(ListPage[None]):
    """Every email with how it stands; what is in it is nobody's to read here."""

    allowed_roles = MAIL_READERS
    template_name = "mails/mail_list.html"
    filter_class = MailFilterForm
    usual = "-queued"
    orders: ClassVar = {
        "queued": by("queued_at", then=THEN),
        "to": by("who", "address", then=THEN),
        "subject": by("what", then=THEN),
        "state": by("state", "-queued_at", then=THEN),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Any]:
        return mails(wanted)

    def context(self) -> dict[str, Any]:
        found = [Mail(row) for row in self.page_obj]
        away = mail_away()
        return {
            "mails": [{"mail": each, "can": mail_actions(each, self.user)} for each in found],
            "away": away,
            "waiting": waiting_count() if away else 0,
        }


class MailAgain(ActionPage[Mail]):
    allowed_roles = ADMINISTRATOR

    def find(self) -> Mail:
        found = mail_of(self.kwargs["source"], self.kwargs["row"])
        if found is None:
            raise Http404
        return found

    def act(self) -> str:
        to = send_again(source=self.found.source, row=self.kwargs["row"], by=self.user)
        return f"The email to {to} waits to be sent again."

    def next_url(self) -> str:
        return reverse("mail_list")
