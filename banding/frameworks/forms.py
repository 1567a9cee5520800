"""A framework file."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm


class FrameworkUploadForm(PortalForm):
    file = forms.FileField(
        label="Framework file",
        help_text="JSON, up to 1 MB.",
        error_messages={"required": "Choose a framework file"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 1024 * 1024:
            raise forms.ValidationError("The file must be 1 MB or smaller")
        return file
