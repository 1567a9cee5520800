"""Every sentence a form can answer with: of fields, of `clean`, of services, of django-allauth."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings

from banding_portal.form_sentences import write_messages
from banding_portal.forms import DateField, PortalFormMixin, apply_look

APPS = ("banding_portal", "schools", "banding", "moderation", "funding")
SAYING = {"ValidationError", "RefusalError", "add_error", "Unclear", "Oddity", "Doubt", "refuse"}
SAMPLES = {
    "limit_value": 40,
    "show_value": 41,
    "max": 2,
    "length": 41,
    "value": "nonsense",
    "field_label": "Name",
    "field_labels": "Name",
    "model_name": "Record",
    "pk": "1",
    "extension": "exe",
    "allowed_extensions": "csv",
}
FEW = 3
Sentence = tuple[str, str]
"""Where it is said, and what."""


def forms_of(cls: type) -> Iterator[type]:
    for one in cls.__subclasses__():
        yield one
        yield from forms_of(one)


def declared() -> Iterator[Sentence]:
    """Of every field that a form of the portal declares, without making the form."""
    for form in forms_of(PortalFormMixin):
        if not form.__module__.startswith("tests"):
            for name, each in getattr(form, "base_fields", {}).items():
                field = deepcopy(each)
                label = getattr(form, "labels", {}).get(name, field.label)
                field.label = label or name.replace("_", " ").capitalize()
                apply_look(name, field, getattr(form, "Look", None))
                write_messages(field)
                yield from of_field(f"{form.__module__}.{form.__name__}.{name}", field)


def made(form: forms.BaseForm) -> Iterator[Sentence]:
    """Of every field of a form as a page made it, those added or renamed then included."""
    where = f"{type(form).__module__}.{type(form).__name__}"
    for name, field in form.fields.items():
        yield from of_field(f"{where}.{name}", field)


def of_field(where: str, field: forms.Field) -> Iterator[Sentence]:
    """Each code the field can fail with, its validators' included."""
    if isinstance(field.widget, forms.HiddenInput | forms.MultipleHiddenInput) or field.disabled:
        return
    for code, text in messages_of(field).items():
        yield f"{where} ({code})", filled(text)


def filled(text: Any) -> str:
    """With sample figures in it; a plural of Django's is none before it has them."""
    return str(text % SAMPLES) if not isinstance(text, str) or "%(" in text else text


def messages_of(field: forms.Field) -> dict[str, Any]:
    found = {code: text for code, text in field.error_messages.items() if can_fail(field, code)}
    for validator in field.validators:
        code = getattr(validator, "code", "")
        found.setdefault(code, getattr(validator, "message", ""))
    if isinstance(field, DateField):
        found |= {"invalid": field.message_unreal(), "incomplete": field.message_missing(["year"])}
    return {code: text for code, text in found.items() if text}


def can_fail(field: forms.Field, code: str) -> bool:
    """Whether the field has this to say at all: `required` not of one that may stay empty."""
    validators = {getattr(each, "code", "") for each in field.validators}
    own = {
        code for cls in type(field).__mro__ for code in vars(cls).get("default_error_messages", ())
    }
    if code not in own | validators | {"required"}:
        return False
    match code:
        case "required":
            return field.required
        case "max_length" | "min_length" | "min_value" | "max_value" | "max_decimal_places":
            return code in validators or getattr(field, code, None) is not None
        case "null_characters_not_allowed":
            return code in validators
        case "max_digits" | "max_whole_digits":
            return getattr(field, "max_digits", None) is not None
        case "overflow":
            return False
    return True


def written() -> Iterator[Sentence]:
    """Those written in Python: of `clean`, of pure rules, of services."""
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if not {"migrations", "demo", "management", "servers"} & set(file.parts):
                yield from in_file(file)


def in_file(file: Path) -> Iterator[Sentence]:
    where = file.relative_to(settings.BASE_DIR)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and name_of(node.func) in SAYING:
            for argument in [*node.args, *(each.value for each in node.keywords)]:
                text = text_of(argument)
                if " " in text:
                    yield f"{where}:{argument.lineno}", text


def name_of(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def text_of(node: ast.expr) -> str:
    """A string as it is written; what is put in is shown in braces."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) for part in parts)
        case ast.FormattedValue(value=value):
            return f"{{{ast.unparse(value)}}}"
    return ""


def keep_for_reading(heading: str, said: set[Sentence]) -> None:
    """A page for a proofreader: each sentence once, with where it is said; all on one page."""
    folder = settings.BASE_DIR / ".local" / "proofreading"
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[str, list[str]] = {}
    for where, text in sorted(said):
        places.setdefault(text, []).append(where)
    lines = [f"# {heading}", ""]
    lines += [f"* {text}  \n  {few_of(found)}" for text, found in sorted(places.items())]
    name = heading.lower().replace(" ", "-")
    (folder / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    parts = [part.read_text(encoding="utf-8") for part in sorted(folder.glob("*.md"))]
    folder.with_suffix(".md").write_text("\n".join(parts), encoding="utf-8")


def few_of(places: list[str]) -> str:
    more = f" and {len(places) - FEW} more" if len(places) > FEW else ""
    return ", ".join(places[:FEW]) + more
