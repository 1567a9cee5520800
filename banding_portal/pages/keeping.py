"""Pages that keep what is typed, at their own address and so behind their own access check."""

from functools import cached_property
from typing import ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.selectors import kept_form
from banding_portal.kept_forms.services import forget_form, keep_form
from banding_portal.kept_forms.typed import (
    DISCARD,
    KEEP,
    TAB,
    TOO_LONG,
    WISH,
    TooMuchTypedError,
    address_of,
    typed_in,
)
from banding_portal.kept_forms.words import KeptText, kept_words
from banding_portal.pages.base import About, Found

Form = TypeVar("Form", bound=forms.BaseForm)
NOT_KEPT = "What you typed is too long to be kept by itself. Copy it before you leave this page."
SECRET = (forms.PasswordInput,)


class KeepsTyped(About[Found], abstract=True):
    """A page whose forms' text comes back after a sign-in, and is kept while it is typed.

    The first holds wherever no password is asked for, a file excepted; the second where there is a
    long text. `keeps_typed` says both for a page of which that is not so.
    """

    keeps_typed: ClassVar[bool | None] = None
    form_is_there = True
    """Whether the page shows its form now. Where not, it shows what was typed, to be copied."""

    @classmethod
    def typed_forms(cls) -> tuple[type[forms.Form], ...]:
        """The forms of the page; override where there are several."""
        own = getattr(cls, "form_class", None)
        return (own,) if own else ()

    @classmethod
    def may_keep(cls) -> bool:
        return cls.keeps_typed is not False and not has_widget(cls.typed_forms(), SECRET)

    @classmethod
    def keeps_while_typing(cls) -> bool:
        if not cls.may_keep():
            return False
        return bool(cls.keeps_typed) or has_widget(cls.typed_forms(), (forms.Textarea,))

    @cached_property
    def kept(self) -> KeptForm | None:
        return kept_form(self.user, address_of(self.request)) if self.may_keep() else None

    def prepare(self) -> None:
        super().prepare()
        self.request.kept = KeptText(self)

    def answer_first(self) -> HttpResponseBase | None:
        """What the script and the button of any such page ask for at its own address."""
        wish = self.request.POST.get(WISH) if self.may_keep() else ""
        if wish == KEEP:
            return self.keep_quietly()
        if wish == DISCARD:
            forget_form(user=self.user, path=address_of(self.request))
            return redirect(address_of(self.request))
        return super().answer_first()

    def keep_quietly(self) -> JsonResponse:
        try:
            kept = self.keep_typed()
        except TooMuchTypedError as problem:
            return JsonResponse({"said": str(problem)}, status=413)
        return JsonResponse({"said": kept_words(kept.typed_at) if kept else ""})

    def keep_typed(self) -> KeptForm | None:
        """Keep what was sent, where anything is filled in; raises TooMuchTypedError."""
        typed = typed_in(self.request.POST)
        if not typed:
            self.forget_typed()
            return None
        self.kept = keep_form(user=self.user, path=address_of(self.request), typed=typed)
        return self.kept

    def keep_unsaved(self) -> None:
        """Keep what was sent and could not be saved, so that it outlives the page shown now."""
        if self.request.method == "POST" and self.keeps_while_typing():
            self.keep_or_say(NOT_KEPT)

    def before_asking(self) -> None:
        """Keep what was sent to a page that first asks who it is (ConfirmsWho)."""
        named = {name for form in self.typed_forms() for name in form.base_fields}
        if self.may_keep() and named & self.request.POST.keys():
            self.keep_or_say(TOO_LONG)

    def keep_or_say(self, sentence: str) -> None:
        try:
            self.keep_typed()
        except TooMuchTypedError:
            messages.warning(self.request, sentence)

    def forget_typed(self) -> None:
        if self.may_keep():
            tabs = self.request.POST.getlist(TAB)
            forget_form(user=self.user, path=address_of(self.request), tabs=tabs)
            self.kept = None

    def refilled(self, form: Form) -> Form:
        """A form that was not sent, with what was typed into it, as it was typed."""
        if form.is_bound or self.kept is None:
            return form
        data = self.kept.data
        for name, field in form.fields.items():
            typed_as = form.add_prefix(name)
            if not field.widget.value_omitted_from_data(data, {}, typed_as):
                form.initial[name] = field.widget.value_from_datadict(data, {}, typed_as)
        return form


def has_widget(
    classes: tuple[type[forms.Form], ...], wanted: tuple[type[forms.Widget], ...]
) -> bool:
    fields = [field for form in classes for field in form.base_fields.values()]
    return any(isinstance(field.widget, wanted) for field in fields)
