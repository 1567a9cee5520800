"""The form a filled-in template is sent with."""

from django import forms

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
