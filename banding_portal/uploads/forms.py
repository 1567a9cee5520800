"""Forms to send a file in, and to confirm what it would do."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from banding_portal.files.gate import check_name
from banding_portal.files.limits import MEGABYTE, Limits, RefusedFileError
from banding_portal.forms import PortalForm
from banding_portal.uploads.causes import Cause, causes_of
from banding_portal.uploads.models import Upload


class UploadForm(PortalForm):
    """One file. Kinds of upload may add fields, which are columns of theirs."""

    file = forms.FileField(label="File")

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(self.limits.accepted)
        most = self.limits.most_bytes(self.limits.endings[0]) // MEGABYTE
        field.help_text = field.help_text or (
            f"{' or '.join(self.limits.endings)}, at most {most} MB"
        )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            ending = check_name(file.name, self.limits)
        except RefusedFileError as refusal:
            raise forms.ValidationError(str(refusal).removesuffix(".")) from None
        most = self.limits.most_bytes(ending)
        if file.size > most:
            said = f"The file is larger than {most // MEGABYTE} MB. Choose a smaller one"
            raise forms.ValidationError(said)
        return file


class ConfirmForm(PortalForm):
    """The preview's fingerprint (rules.md T7) and a tick for each warning (T4)."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, upload: Upload, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"fingerprint": upload.fingerprint}, **kwargs)
        self.upload = upload
        self.causes = causes_of(upload.warnings).all
        for cause in self.causes:
            self.fields[f"warning-{cause.number - 1}"] = forms.BooleanField(
                label=f"This is right: {about(cause)}",
                error_messages={"required": f"Tick “This is right” for {about(cause)}, or cancel"},
            )

    def warnings(self) -> list[dict[str, Any]]:
        """Each cause of warnings with the bound field that confirms it."""
        return [
            {"cause": cause, "field": self[f"warning-{cause.number - 1}"]} for cause in self.causes
        ]

    def is_about_this_preview(self) -> bool:
        """Whether the person looked at the preview that is there now."""
        return self.data.get("fingerprint") == self.upload.fingerprint


def about(cause: Cause) -> str:
    """What a tick is for: a pupil or cell, or all that one cause has brought."""
    if cause.collected:
        return f"all {cause.count:,}"
    warning = cause.first
    return warning.get("who") or warning.get("cell") or f"warning {cause.number}"
