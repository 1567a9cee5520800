"""The form a filled-in template is sent with."""

from typing import Any

from django import forms

from banding.templates_io.uploads.together import MOST_FILES, MOST_MEGABYTES, packed
from banding_portal.files.limits import Limits
from banding_portal.forms import PortalForm
from banding_portal.refusals import RefusalError
from banding_portal.uploads.forms import UploadForm


class TemplateUploadForm(UploadForm):
    """One workbook, or the Pupils sheet as .csv."""

    file = forms.FileField(
        label="Your filled-in template",
        help_text=(
            "An Excel workbook (.xlsx; .xls, .xlsb and .ods are read too), or its Pupils sheet as "
            ".csv. At most 5 MB."
        ),
    )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files or [None]]


class TemplateBatchForm(PortalForm):
    """Workbooks of several schools or collections; `packed` is all of them as one zip."""

    workbooks = FilesField(
        label="Your filled-in templates",
        help_text=(
            "Choose many workbooks at once, or a zip of them. At most "
            f"{MOST_FILES} workbooks of 5 MB each, and {MOST_MEGABYTES} MB in all."
        ),
        error_messages={"required": "Choose at least one file"},
    )

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workbooks"].widget.attrs["accept"] = ",".join((*limits.accepted, ".zip"))

    def clean_workbooks(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["workbooks"]
        if sum(file.size for file in files) > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(f"The files are larger than {MOST_MEGABYTES} MB together")
        try:
            self.packed = packed((file.name, file.read()) for file in files)
        except RefusalError as refusal:
            raise forms.ValidationError(str(refusal).removesuffix(".")) from None
        return files
