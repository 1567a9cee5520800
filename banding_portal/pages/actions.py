"""An address behind a button."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from banding_portal.pages.base import About, Found


class ActionPage(About[Found], abstract=True):
    """POST calls one service and leads back; who opens the address is led back too."""

    def act(self) -> str:
        """Call the service; returns what to say."""
        raise NotImplementedError

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.back_url())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.attempt(self.act)
