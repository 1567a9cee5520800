"""What a field says when it is wrong: sentences of its own in place of Django's general ones."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList

from banding_portal.date_field import DateField
from banding_portal.words import CLAUSE, noun_phrase, upper_first

INVISIBLE = "There are invisible characters in your answer. Type it again."
OUT_OF_DATE = "This page is out of date. Open it again, then do this once more."
"""Of what the page itself sends along, which nobody can correct."""
NO_FILE = "Choose a file"
SEVERAL = re.compile(r"[.!?][”’)]?\s+[“‘(]?[A-Z0-9]")
"""Where one sentence ends and another begins."""


class Sentences(ErrorList):
    """What is wrong with a field or a form, whoever says it: all with the same full stops."""

    def __getitem__(self, i: Any) -> Any:
        error = self.data[i]
        text = next(iter(error)) if isinstance(error, ValidationError) else error
        return with_stops(str(text))


def with_stops(text: str) -> str:
    """One sentence goes without a full stop; where there are several, the last has one too."""
    bare = text.strip().removesuffix(".")
    if SEVERAL.search(bare) and not bare.endswith(("?", "!", "…")):
        return f"{bare}."
    return bare


def write_messages(field: forms.Field) -> None:
    """Replaces Django's general messages by ones about this field; its own ones stay."""
    written = messages_for(field)
    general: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        general |= getattr(cls, "default_error_messages", {})
    for code, text in written.items():
        if field.error_messages.get(code) == general.get(code):
            field.error_messages[code] = text


def name_of(field: forms.Field) -> str:
    """How a sentence calls it: “the surname”; `said` where the label is no noun."""
    return noun_phrase(str(getattr(field, "said", "") or field.label))


def messages_for(field: forms.Field) -> dict[str, str]:
    """The words for each way this kind of field can go wrong."""
    if isinstance(field.widget, forms.HiddenInput | forms.MultipleHiddenInput):
        return dict.fromkeys(("required", "invalid", "invalid_choice", "max_length"), OUT_OF_DATE)
    name, label = name_of(field), str(field.label)
    if label.endswith("?") and not getattr(field, "said", ""):
        return lengths(f"Your answer to “{label}”") | {
            "required": f"Answer “{label}”",
            "invalid_choice": f"Choose an answer to “{label}”",
            "invalid_list": f"Choose an answer to “{label}”",
            "invalid_pk_value": f"Choose an answer to “{label}”",
        }
    is_clause = CLAUSE.match(name)
    start = f"What you say under “{label}”" if is_clause else upper_first(name)
    texts = {"required": f"Say {name}" if is_clause else f"Enter {name}"} | lengths(start)
    return texts | of_kind(field, name, start)


def lengths(start: str) -> dict[str, str]:
    return {
        "max_length": f"{start} must be %(limit_value)d characters or fewer",
        "min_length": f"{start} must be at least %(limit_value)d characters",
        "min_value": f"{start} must be %(limit_value)s or more",
        "max_value": f"{start} must be %(limit_value)s or less",
        "max_digits": f"{start} must have %(max)s digits or fewer",
        "max_decimal_places": f"{start} must have %(max)s decimal places or fewer",
        "max_whole_digits": f"{start} must have %(max)s digits or fewer before the decimal point",
        "null_characters_not_allowed": INVISIBLE,
    }


def of_kind(field: forms.Field, name: str, start: str) -> dict[str, str]:
    """What only such a field can say."""
    match field:
        case DateField():
            return {"required": field.required_message()}
        case forms.FileField():
            nothing = dict.fromkeys(("required", "invalid", "missing", "contradiction"), NO_FILE)
            return nothing | {
                "empty": "The file is empty",
                "max_length": "The name of the file must be %(max)d characters or fewer",
            }
        case forms.BooleanField():
            return {"required": f"Tick “{field.label}”"}
        case forms.MultipleChoiceField() | forms.ModelMultipleChoiceField():
            return chosen(name) | {"required": f"Choose at least one {name.removeprefix('the ')}"}
        case forms.ChoiceField() | forms.ModelChoiceField():
            return chosen(name) | {"required": f"Choose {name}"}
        case forms.EmailField():
            return {"invalid": "Enter an email address like name@example.com"}
        case forms.DecimalField() | forms.FloatField():
            return {"invalid": f"{start} must be a number, like 12.50"}
        case forms.IntegerField():
            return {"invalid": f"{start} must be a whole number, like 12"}
    return {}


def chosen(name: str) -> dict[str, str]:
    """What a list says of a value that is not in it."""
    return dict.fromkeys(
        ("invalid_choice", "invalid_list", "invalid_pk_value"), f"Choose {name} from the list"
    )
