"""Choosing pupils from a list in the order of their surnames."""

from typing import Any

from django import forms


class PupilField(forms.ModelChoiceField):
    """Rows with a `display_name`."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.display_name


class PupilsField(PupilField, forms.ModelMultipleChoiceField):
    """Several of them."""
