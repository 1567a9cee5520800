"""How the form pack in templates/govuk draws a field; used by its templates only."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

from banding_portal.date_field import DateWidget

register = template.Library()

# The first kind of widget that fits decides the template.
TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DateWidget, "date"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "checkbox": "govuk-checkboxes__input",
    "choices": "govuk-radios__input",
}


def kind_of(field: forms.BoundField) -> str:
    widget = field.field.widget
    return next((name for cls, name in TEMPLATES if isinstance(widget, cls)), "input")


@register.filter
def field_template(field: forms.BoundField) -> str:
    return f"govuk/fields/{kind_of(field)}.html"


@register.filter
def many(field: forms.BoundField) -> bool:
    """Whether several may be chosen: checkboxes, not radios."""
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def legend_class(field: forms.BoundField) -> str:
    size = getattr(field.field, "legend", "") or "s"
    return f"govuk-fieldset__legend govuk-fieldset__legend--{size}"


@register.filter
def label_class(field: forms.BoundField) -> str:
    size = getattr(field.field, "legend", "")
    return f"govuk-label govuk-label--{size}" if size else "govuk-label"


@register.simple_tag
def widget(field: forms.BoundField) -> SafeString:
    """The input itself with the design system's classes; no placeholder, no `required`."""
    kind = kind_of(field)
    own = field.field.widget.attrs.get("class", "")
    classes = [CLASSES[kind], own]
    if field.errors:
        classes.append(f"{CLASSES[kind].split()[0]}--error")
    if width := getattr(field.field, "width", ""):
        classes.append(f"govuk-input--width-{width}")
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, classes)),
        "placeholder": False,
        "required": False,
    }
    if kind == "textarea" and getattr(field.field, "max_length", None):
        attrs["class"] += " govuk-js-character-count"
        described = (field.aria_describedby, f"{field.id_for_label}-info")
        attrs["aria-describedby"] = " ".join(filter(None, described))
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice_hint(field: forms.BoundField, choice: Any) -> str:
    """What stands under a choice, from Look.choice_hints."""
    hints = getattr(field.field, "choice_hints", None) or {}
    value = choice.data["value"]
    return str(hints.get(value, hints.get(str(value), "")))


@register.simple_tag
def reveals(field: forms.BoundField, choice: Any) -> str:
    """The id of what a choice reveals, from Look.reveals; without JavaScript it is always there."""
    return str((getattr(field.field, "reveals", None) or {}).get(str(choice.data["value"]), ""))


@register.simple_tag
def choice_input(choice: Any, cls: str, described_by: str = "", reveals: str = "") -> SafeString:
    """One radio or checkbox without its label."""
    choice.data["attrs"]["class"] = cls
    choice.data["attrs"].pop("required", None)
    if described_by:
        choice.data["attrs"]["aria-describedby"] = described_by
    if reveals:
        choice.data["attrs"]["data-aria-controls"] = reveals
    return choice.tag()
