"""The log of emails, and the button that sends one again."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError

from banding_portal.mails.actions import mail_actions
from banding_portal.mails.forms import MailFilterForm
from banding_portal.mails.log import (
    Mail,
    mail_away,
    mail_of,
    mails,
    sources,
    waiting_count,
)
from banding_portal.mails.receipts import Receipt, note_receipt
from banding_portal.mails.services import send_again
from banding_portal.pages import ActionPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import ADMINISTRATOR, MAIL_READERS

THEN = ("source", "row")


class MailList(ListPage[None]):
    """Every email with how it stands; an administrator opens one to read it."""

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
            "opens": self.user.has_role(*ADMINISTRATOR),
            "waiting": waiting_count() if away else 0,
        }


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class ReceiptTake(View):
    """GOV.UK Notify says what became of an email; it shows the token it was given for that."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not settings.NOTIFY_RECEIPTS_TOKEN:
            raise Http404
        given = request.headers.get("Authorization", "")
        if not constant_time_compare(given, f"Bearer {settings.NOTIFY_RECEIPTS_TOKEN}"):
            return answer("The token is not right.", HTTPStatus.UNAUTHORIZED)
        try:
            receipt = Receipt.model_validate_json(request.body)
        except ValidationError:
            return answer("This is no receipt.", HTTPStatus.BAD_REQUEST)
        if not note_receipt(receipt=receipt, now=timezone.now()):
            return answer("No email has this number.", HTTPStatus.NOT_FOUND)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


def answer(text: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


class AboutMail(About[Mail], abstract=True):
    allowed_roles = ADMINISTRATOR

    def find(self) -> Mail:
        found = mail_of(self.kwargs["source"], self.kwargs["row"])
        if found is None:
            raise Http404
        return found

    def next_url(self) -> str:
        return reverse("mail_list")


class MailDetail(AboutMail, Page[Mail]):
    """What one email says, and whether to send it again."""

    template_name = "mails/mail_detail.html"

    def context(self) -> dict[str, Any]:
        written = sources()[self.found.source].written
        return {
            "mail": self.found,
            "message": written(self.kwargs["row"]) if written else None,
            "can": mail_actions(self.found, self.user),
        }


class MailAgain(AboutMail, ActionPage[Mail]):
    def act(self) -> str:
        to = send_again(source=self.found.source, row=self.kwargs["row"], by=self.user)
        return f"The email to {to} waits to be sent again."
