"""An address behind a button."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from banding_portal.kept_forms.services import SentBeforeError, send_once
from banding_portal.kept_forms.typed import digest_of
from banding_portal.pages.base import About, Found
from banding_portal.pages.forms import SENT_BEFORE


class ActionPage(About[Found], abstract=True):
    """POST calls one service and leads back; who opens the address is led back too."""

    sends_once: ClassVar[bool] = False
    """Whether it makes something anew each time, so that pressed twice it is done once."""

    def act(self) -> str:
        """Call the service; returns what to say."""
        raise NotImplementedError

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.back_url())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.attempt_once() if self.sends_once else self.attempt(self.act)

    def attempt_once(self) -> HttpResponse:
        answers: list[HttpResponse] = []

        def act() -> str:
            answers.append(self.attempt(self.act))
            return answers[0].get("Location", "")

        sent = self.request
        digest = digest_of(sent.path, sent.POST, sent.FILES)
        try:
            send_once(user=self.user, digest=digest, send=act)
        except SentBeforeError as before:
            messages.info(sent, SENT_BEFORE)
            return redirect(before.led_to or self.back_url())
        return answers[0]
