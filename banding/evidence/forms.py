"""The fields of evidence on the decision page, made from the framework."""

from django import forms

from banding.evidence.rules import HOURS, Fields
from banding_portal.forms import set_look

EVIDENCE = "evidence_"


def evidence_fields(fields: Fields) -> dict[str, forms.Field]:
    """By name a field for each; what is missing is told by the form."""
    return {f"{EVIDENCE}{each['code']}": evidence_field(each) for each in fields}


def evidence_field(field: object) -> forms.Field:
    assert isinstance(field, dict)  # noqa: S101 - as the framework's file was read
    label, hint = str(field["label"]), str(field.get("hint") or "")
    if field["kind"] == HOURS:
        made = forms.CharField(label=label, help_text=hint or "Hours a week, like 12.5.")
        set_look(made, width=5)
        made.max_length = 7
        return made
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, widget=area, max_length=4000)
