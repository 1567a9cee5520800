"""A page that shows something."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from banding_portal.access import PortalRequest, PortalView
from banding_portal.refusals import RefusalError

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

Found = TypeVar("Found")
"""What a page is about: `class ReturnDetail(Page[Return])`; a page about nothing needs none."""


class About(PortalView, TemplateResponseMixin, ContextMixin, Generic[Found], abstract=True):
    """What pages share: the thing they are about, and how they answer."""

    request: PortalRequest

    def find(self) -> Found:
        """What the page is about; 404 where the person does not see it."""
        return cast("Found", None)

    def prepare(self) -> None:
        self.found  # noqa: B018 (404 before anything else)

    @cached_property
    def found(self) -> Found:
        return self.find()

    def school_of_page(self) -> Any:
        return getattr(self.found, "school", None)

    @property
    def user(self) -> "_User":
        return self.request.user

    def next_url(self) -> str:
        """Where the person goes when it is done."""
        raise NotImplementedError

    def back_url(self) -> str:
        """Where the person goes when it cannot be done."""
        return self.next_url()

    def attempt(self, act: Callable[[], str]) -> HttpResponse:
        """Do what a button asked for, and lead on with what it says or why it was refused."""
        try:
            return self.done(act())
        except RefusalError as refusal:
            return self.refused(refusal)

    def done(self, said: str) -> HttpResponse:
        if said:
            messages.success(self.request, said)
        return redirect(self.next_url())

    def refused(self, refusal: RefusalError) -> HttpResponse:
        for problem in refusal.problems:
            messages.warning(self.request, str(problem))
        return redirect(self.back_url())


class Page(About[Found], abstract=True):
    """Shows a template with what `context` gives."""

    def context(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.context()

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())
