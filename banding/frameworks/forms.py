"""Which framework to compare with."""

from typing import Any

from django import forms

from banding.models import Framework
from banding_portal.forms import PortalForm
from banding_portal.words import short_day


class FrameworkField(forms.ModelChoiceField):
    """Frameworks by name, each with what tells its versions apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, version {obj.version}, from {short_day(obj.effective_from)}"


class CompareForm(PortalForm):
    other = FrameworkField(
        Framework.objects.none(), label="Compare with", empty_label="Choose a framework"
    )

    class Look:
        said = {"other": "a framework"}
