"""A form whose effect is shown first, and done once that is confirmed."""

from typing import Any

from django.http import HttpResponse

from banding_portal.pages import FormPage
from banding_portal.pages.base import Found
from banding_portal.refusals import RefusalError
from schools.services.corrections import what_would_happen
from schools.services.following import Grave

CONFIRM, AGAIN = "confirm", "again"
"""Names of the field that confirms, and of the button back to the form as it was filled in."""


class ShowsFirst(FormPage[Found], abstract=True):
    """`try_out` says what it would bring; `act` does it. The template has `effects`, None while
    the form is filled in, and `given` to be sent again with the confirmation.
    """

    effects: list[str] | None = None

    def try_out(self, form: Any) -> list[str]:
        """What doing it would bring, as sentences; nothing of it is kept."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        if AGAIN in self.request.POST:
            return self.show(form)
        if CONFIRM in self.request.POST:
            return super().form_valid(form)
        try:
            self.effects = self.try_out(form)
        except RefusalError as refusal:
            return self.form_refused(form, refusal)
        return self.show(form) if self.asks() else super().form_valid(form)

    def asks(self) -> bool:
        """Whether the effects have to be confirmed; otherwise it is done at once."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.given() if self.effects is not None else []
        return super().get_context_data(**kwargs, effects=self.effects, given=given)

    def given(self) -> list[tuple[str, str]]:
        left_out = {"csrfmiddlewaretoken", CONFIRM, AGAIN}
        sent = self.request.POST
        return [
            (name, str(text))
            for name in sent
            if name not in left_out
            for text in sent.getlist(name)
        ]


class ShowsMoneyFirst(ShowsFirst[Found], abstract=True):
    """Where it moves money that was published that is told first; anything else is done at once.
    The template includes `schools/_money_first.html` while there are `effects`.
    """

    def make(self, form: Any) -> Any:
        """Call the service."""
        raise NotImplementedError

    def try_out(self, form: Any) -> list[str]:
        heard = what_would_happen(lambda: self.make(form))
        return heard if any(isinstance(each, Grave) for each in heard) else []

    def asks(self) -> bool:
        return bool(self.effects)
