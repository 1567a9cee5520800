"""The form a filled-in template is sent with."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from banding_portal.uploads.forms import UploadForm
from banding_portal.workbooks.gate import kind_by_name
from banding_portal.workbooks.refusals import RefusedFile


class TemplateUploadForm(UploadForm):
    """One .xlsx file, or the Pupils sheet as .csv."""

    endings = (".xlsx", ".csv")

    file = forms.FileField(
        label="Your filled-in template",
        help_text="An Excel workbook (.xlsx), or its Pupils sheet as .csv. At most 5 MB.",
    )

    def clean_file(self) -> UploadedFile:
        try:
            kind_by_name(self.cleaned_data["file"].name)
        except RefusedFile as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return super().clean_file()
