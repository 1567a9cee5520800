"""A page with a form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.generic.edit import FormMixin

from banding_portal.kept_forms.services import SentBeforeError, send_once
from banding_portal.kept_forms.typed import digest_of
from banding_portal.pages.base import Found, Page
from banding_portal.pages.keeping import KeepsTyped
from banding_portal.refusals import RefusalError

SENT_BEFORE = "You have sent this already, and it was saved. Nothing was done a second time."


class FormPage(FormMixin, KeepsTyped[Found], Page[Found], abstract=True):
    """Shows a form, checks it, calls one service. What the service refuses stands on the form.

    Subclasses give `form_class`, `template_name`, `act` and `next_url`; `get_initial` and
    `form_options` as needed.
    """

    form: Any
    sends_once: ClassVar[bool] = False
    """Whether the page makes something anew whenever it is sent, which nothing else would notice:
    then the same, sent again within the hour, leads where it led before."""
    refuses_posts = False
    """Whether a closed page takes nothing that is sent to it either, where its form alone would
    tell more than the person may know. Else the service refuses, and what was typed stays."""

    def why_closed(self) -> str | Sequence[str]:
        """Sentences why the page cannot be filled in now: it then leads to `back_url`."""
        return ""

    def closed(self) -> HttpResponse | None:
        reasons = self.why_closed()
        if not reasons:
            return None
        self.keep_unsaved()
        refusal = RefusalError(*([reasons] if isinstance(reasons, str) else reasons))
        return self.show_typed(refusal) if self.kept else self.refused(refusal)

    def show_typed(self, refusal: RefusalError) -> HttpResponse:
        """A closed page that the person has typed something on: to be copied, then left."""
        self.form_is_there = False
        problems = [str(problem) for problem in refusal.problems]
        shown = {"problems": problems, "url": self.back_url()}
        return render(self.request, "kept_form_closed.html", shown)

    def form_options(self) -> dict[str, Any]:
        """Further arguments of the form."""
        return {}

    def act(self, form: Any) -> str:
        """Call the service; returns what to say. A RefusalError goes onto the form."""
        raise NotImplementedError

    def get_form(self, form_class: Any = None) -> Any:
        return self.refilled(super().get_form(form_class))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | self.form_options()

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.closed() or self.show(self.get_form())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.refuses_posts and (closed := self.closed()):
            return closed
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.show(form)

    def done(self, said: str) -> HttpResponse:
        self.forget_typed()
        return super().done(said)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.send(form)
        except RefusalError as refusal:
            return self.form_refused(form, refusal)
        except SentBeforeError as before:
            self.forget_typed()
            messages.info(self.request, SENT_BEFORE)
            return redirect(before.led_to or self.back_url())

    def send(self, form: Any) -> HttpResponse:
        """Act, once only where the page makes something anew each time."""
        if not self.sends_once:
            return self.done(self.act(form))
        answers: list[HttpResponse] = []

        def act() -> str:
            answers.append(self.done(self.act(form)))
            return answers[0].get("Location", "")

        sent = self.request
        digest = digest_of(sent.path, sent.POST, sent.FILES)
        send_once(user=self.user, digest=digest, send=act)
        return answers[0]

    def form_refused(self, form: Any, refusal: RefusalError) -> HttpResponse:
        refusal.add_to(form)
        return self.show(form)

    def show(self, form: Any) -> HttpResponse:
        self.keep_unsaved()
        return self.render_to_response(self.get_context_data(form=form))
