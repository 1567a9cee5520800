"""The base of every form: fitting words for what went wrong, and how fields look.

Templates show a form with `{{ form|crispy }}`; base.html shows its problems on top.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from banding_portal.date_field import DateField, DateWidget
from banding_portal.folding import without_ignored
from banding_portal.form_sentences import Sentences, name_of, with_stops, write_messages
from banding_portal.words import upper_first

__all__ = ["DateField", "DateWidget", "PortalForm", "PortalModelForm", "Problem", "problems_of"]

LOOKS = ("width", "prefix", "suffix", "legend", "choice_hints", "reveals", "said")
FLAGS = ("inline", "columns", "small", "long", "unmarked")
"""`unmarked`: may stay empty, which its label does not say."""


PLAIN_CHOICES = (forms.ChoiceField, forms.TypedChoiceField, forms.MultipleChoiceField)


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; `anchor` is the id of the input it is about."""

    text: str
    anchor: str = ""


class PortalFormMixin:
    """Gives fields their own messages and the looks named in the inner class `Look`."""

    use_required_attribute = False
    fields: dict[str, forms.Field]
    error_class: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_class = Sentences
        self.name_fields()
        for name, field in self.fields.items():
            self.add_field(name, field)

    def name_fields(self) -> None:
        """Override to set labels and hints that depend on the object, before messages."""

    def add_field(self, name: str, field: forms.Field) -> None:
        """A field that a page adds, looking and speaking like the form's own."""
        self.fields[name] = field
        field.label = field.label or name.replace("_", " ").capitalize()
        apply_look(name, field, getattr(self, "Look", None))
        write_messages(field)
        # A browser would cut off what is pasted and say nothing: rather the sentence of the field.
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field, forms.CharField) and field.required:
            field.validators = [*field.validators, partial(require_visible, field)]
        if type(field) is forms.CharField and type(field.widget) is forms.TextInput:
            field.validators = [*field.validators, partial(require_one_line, field)]

    def offer(self, name: str, rows: QuerySet[Any], *, nothing: str = "") -> None:
        """Lets choose from these rows, where they depend on the person or the object.

        `nothing` is the choice of none of them, where its words depend on them too.
        """
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = rows
        if nothing:
            field.empty_label = nothing

    def offer_choices(
        self, name: str, choices: Iterable[tuple[str, str]], hints: Mapping[str, str] | None = None
    ) -> None:
        """Lets choose from these values and words; a hint stands under its choice."""
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = list(choices)
        if hints:
            set_look(field, choice_hints=hints)

    def add_error(self, field: str | None, error: Any) -> None:
        """A value that is no identifier at all is told as one that is not in the list."""
        chosen = self.fields.get(field or "")
        if isinstance(chosen, forms.ModelChoiceField) and getattr(error, "code", "") == "invalid":
            error = forms.ValidationError(chosen.error_messages["invalid_choice"], "invalid_choice")
        super().add_error(field, error)  # type: ignore[misc]


class PortalForm(PortalFormMixin, forms.Form):
    """A form of the portal, tied to no model."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A form of the portal, filling a model."""


def require_visible(field: forms.CharField, text: str) -> None:
    """A text of nothing but letters that nobody sees is as good as none."""
    if not without_ignored(text).strip():
        raise forms.ValidationError(field.error_messages["required"], "required")


def require_one_line(field: forms.CharField, text: str) -> None:
    """What is typed into one line goes on into subjects, calendars and file names."""
    if len(text.splitlines()) > 1:
        raise forms.ValidationError(f"{upper_first(name_of(field))} must be on one line", "lines")


def set_look(field: forms.Field, **look: Any) -> None:
    """Hangs some of LOOKS and FLAGS on a field that a form makes itself."""
    for key, value in look.items():
        setattr(field, key, value)


def apply_look(name: str, field: forms.Field, look: type | None) -> None:
    """Hangs on the field what its template reads."""
    for key in LOOKS:
        setattr(field, key, getattr(look, key, {}).get(name, getattr(field, key, "")))
    for key in FLAGS:
        setattr(field, key, name in getattr(look, key, ()) or getattr(field, key, False))


def chosen_words(filters: forms.BaseForm | None) -> list[str]:
    """What a list is filtered by: “Plan: EHCP”. What is wrong filters nothing."""
    if filters is None or not filters.is_bound:
        return []
    filters.is_valid()
    named = ((filters[name], filters.cleaned_data.get(name)) for name in filters.changed_data)
    return [f"{field.label}: {value_words(field.field, value)}" for field, value in named if value]


def value_words(field: forms.Field, value: Any) -> str:
    if value is True:
        return "yes"
    values = value if isinstance(value, (list, tuple, QuerySet)) else [value]
    choices = getattr(field, "choices", ()) if type(field) in PLAIN_CHOICES else ()
    words = {str(key): text for key, text in choices}
    return ", ".join(str(words.get(str(each), each)) for each in values)


def anchor_of(field: forms.BoundField) -> str:
    """The id of the input to go to: of radios, checkboxes and dates the first."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


def problems_of(form: forms.BaseForm | forms.BaseFormSet) -> list[Problem]:
    """All problems of a form or formset, in the order of its fields."""
    if isinstance(form, forms.BaseFormSet):
        if not form.is_bound:
            return []
        whole = [Problem(with_stops(str(text))) for text in form.non_form_errors()]
        return whole + [problem for one in form.forms for problem in problems_of(one)]
    if not hasattr(form, "errors") or not form.errors:
        return []
    whole = [Problem(str(text)) for text in form.non_field_errors()]
    return whole + [problem for field in form for problem in field_problems(field)]


def field_problems(field: forms.BoundField) -> Iterable[Problem]:
    anchor = "" if field.is_hidden else anchor_of(field)
    return [Problem(str(text), anchor) for text in field.errors]
