"""A form that is older than what it changes: nothing newer is undone unseen.

The page sends along a mark of what each field said when it was opened. Where one says something
else by now, the person is told what, and saves once more if their own answer is right all the same.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse

from banding_portal.pages.base import Found
from banding_portal.pages.forms import FormPage
from banding_portal.refusals import RefusalError
from banding_portal.seen import mark_of, marks_of, plain
from banding_portal.words import in_a_row

SEEN = "seen"
LONGEST = 200
"""Letters of a newer value that are shown; more stands on the page itself."""


class OlderError(RefusalError):
    """Raised where a form would undo what its person has not seen; `now` is the mark of that."""

    def __init__(self, sentence: str, now: str) -> None:
        super().__init__(sentence)
        self.now = now


class ChangesPage(FormPage[Found], abstract=True):
    """Changes a row that others may change as well. `stands` says what its form shows of it."""

    def stands(self, row: Any) -> dict[str, Any]:
        """The first values of the form, read from the row."""
        raise NotImplementedError

    def get_initial(self) -> dict[str, Any]:
        return self.stands(self.found)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.add_field(SEEN, forms.CharField(widget=forms.HiddenInput, required=False))
        form.initial.setdefault(SEEN, marks_of(self.get_initial()))
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        self.seen = form.cleaned_data.pop(SEEN, "")
        return super().form_valid(form)

    def send(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            now = self.stands(locked(self.found))
            if self.seen and (newer := newer_fields(self.seen, now, form)):
                raise OlderError(sentence_of(newer, form, now), marks_of(now))
            return super().send(form)

    def form_refused(self, form: Any, refusal: RefusalError) -> HttpResponse:
        if isinstance(refusal, OlderError):
            form.data = form.data.copy()
            form.data[SEEN] = refusal.now
        return super().form_refused(form, refusal)


def locked(row: Any) -> Any:
    """The row as it is now, held until it is saved; what only points to it goes on."""
    model: type[Model] = type(row)
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=row.pk).first() or row


def newer_fields(seen: str, now: Mapping[str, Any], form: forms.Form) -> list[str]:
    """What says something else than when the page was opened, and than what was sent."""
    before = dict(each.split(":", 1) for each in seen.split(",") if ":" in each)
    given = form.cleaned_data
    return [
        name
        for name, value in now.items()
        if name in form.fields
        and before.get(name, "") != mark_of(value)
        and plain(given.get(name)) != plain(value)
    ]


def sentence_of(names: list[str], form: forms.Form, now: Mapping[str, Any]) -> str:
    told = [f"“{form[name].label}” now says {words_of(form, name, now)}" for name in names]
    said = in_a_row(told)
    return (
        f"Somebody has changed this since you opened the page: {said}. "
        "Save again if what stands here is right all the same."
    )


def words_of(form: forms.Form, name: str, now: Mapping[str, Any]) -> str:
    value = now[name]
    field: Any = form.fields[name]
    labels = {plain(key): str(text) for key, text in getattr(field, "choices", ())}
    each = value if isinstance(value, list | tuple | set) else [value]
    text = ", ".join(labels.get(plain(one), field_text(one)) for one in each).strip()
    if not text:
        return "nothing"
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"


def field_text(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)
