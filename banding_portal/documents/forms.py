"""A field to choose a document with."""

from django import forms

from banding_portal.documents.rules import ACCEPTED, EMPTY, MAX_BYTES, TOO_LARGE, WHAT_IS_TAKEN
from banding_portal.files.limits import MEGABYTE


class DocumentField(forms.FileField):
    """What is too large is told before it is read; what it holds is told by `keep_document`."""

    def __init__(self, **options: object) -> None:
        said = WHAT_IS_TAKEN[0].upper() + WHAT_IS_TAKEN[1:]
        options = {
            "help_text": f"{said}, at most {MAX_BYTES // MEGABYTE} MB",
            "max_length": 200,
        } | options
        super().__init__(**options)  # type: ignore[arg-type]
        self.error_messages["empty"] = EMPTY
        self.widget.attrs["accept"] = ",".join(ACCEPTED)

    def clean(self, data: object, initial: object = None) -> object:
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file
