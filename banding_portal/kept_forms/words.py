"""What a page says of text that was typed there and is not saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.utils import timezone

from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.typed import NOT_TYPED, TAB
from banding_portal.words import clock_time, day_time, in_a_row

TYPED_IN = (forms.TextInput, forms.Textarea)
MOST_NAMED = 3


class KeepingPage(Protocol):
    request: Any
    form_is_there: bool

    @property
    def kept(self) -> KeptForm | None: ...

    @classmethod
    def typed_forms(cls) -> tuple[type[forms.Form], ...]: ...

    @classmethod
    def keeps_while_typing(cls) -> bool: ...


@dataclass(frozen=True)
class KeptText:
    """For the frame of a page, as `request.kept`; reads the database when it is asked."""

    page: KeepingPage

    @property
    def while_typing(self) -> bool:
        """Whether the page's script sends what is typed."""
        return self.page.keeps_while_typing()

    @property
    def there(self) -> bool:
        """Whether to speak of it: not where the form was just sent and shows it anyway."""
        sent = self.page.request.method == "POST" and self.page.form_is_there
        return not sent and self.page.kept is not None

    @property
    def is_in_form(self) -> bool:
        return self.page.form_is_there

    @property
    def tab(self) -> str:
        """Of what is shown again: the page goes on as the tab it was typed in, so that saving it
        forgets what that tab kept.
        """
        if self.page.request.method == "POST" and self.page.form_is_there:
            return self.page.request.POST.get(TAB, "")
        return self.page.kept.tab if self.there and self.page.kept else ""

    @property
    def when(self) -> str:
        return time_words(self.page.kept.typed_at) if self.page.kept else ""

    @property
    def words(self) -> str:
        return kept_words(self.page.kept.typed_at) if self.page.kept else ""

    @property
    def where(self) -> str:
        return where_typed(self.page.kept, self.page.typed_forms()) if self.page.kept else ""

    @property
    def texts(self) -> list[tuple[str, str]]:
        return list(texts_of(self.page.kept, self.page.typed_forms())) if self.page.kept else []


def texts_of(kept: KeptForm, classes: tuple[type[forms.Form], ...]) -> Iterator[tuple[str, str]]:
    """Label and text of each input that takes words, in the order of the forms."""
    data = kept.data
    for name, field in ((n, f) for form in classes for n, f in form.base_fields.items()):
        if isinstance(field.widget, TYPED_IN) and (text := data.get(name, "")):
            yield label_of(name, field), text


def where_typed(kept: KeptForm, classes: tuple[type[forms.Form], ...]) -> str:
    """“ under “Name” and “Email””: the first inputs that hold something."""
    named = [f"“{label}”" for label in dict.fromkeys(labels_of(kept, classes))]
    if len(named) > MOST_NAMED:
        named = [*named[: MOST_NAMED - 1], "other questions"]
    return f" under {in_a_row(named)}" if named else ""


def labels_of(kept: KeptForm, classes: tuple[type[forms.Form], ...]) -> Iterator[str]:
    """What the forms call the inputs that hold something, in their order."""
    data = kept.data
    for name, field in ((n, f) for form in classes for n, f in form.base_fields.items()):
        is_asked = not (field.widget.is_hidden or NOT_TYPED.search(name))
        if is_asked and any(name in (n, n.rsplit("_", 1)[0]) and data[n] for n in data):
            yield label_of(name, field)


def label_of(name: str, field: forms.Field) -> str:
    return str(field.label or name.replace("_", " ").capitalize())


def time_words(typed_at: datetime) -> str:
    """at 10:42am; on 5 Nov 2026, 10:42am where that is not today."""
    if timezone.localdate(typed_at) == timezone.localdate():
        return f"at {clock_time(typed_at)}"
    return f"on {day_time(typed_at)}"


def kept_words(typed_at: datetime) -> str:
    """The one sentence for it, under the buttons and when the page is opened again."""
    return f"Kept {time_words(typed_at)}, for you only. Not saved yet."
