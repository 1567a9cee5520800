"""The form for a file of the register."""

from django import forms

from banding_portal.uploads.forms import UploadForm
from schools.choices import RegisterKind


class RegisterUploadForm(UploadForm):
    """A file of the register, or of its links."""

    kind = forms.ChoiceField(
        label="What is in the file?",
        error_messages={"required": "Choose what is in the file"},
        choices=RegisterKind,
        widget=forms.RadioSelect,
        initial=RegisterKind.SCHOOLS,
    )
    la_code = forms.RegexField(
        r"^\d{3}$",
        label="Only the schools of one authority",
        help_text="Its three-digit code, like 881. Leave empty to take every school in the file.",
        required=False,
        error_messages={
            "invalid": "Enter the three digits of the authority’s code, like 881, or leave it empty"
        },
    )

    class Look:
        width = {"la_code": 3}
        choice_hints = {
            "kind": {
                RegisterKind.SCHOOLS: "The establishment fields CSV",
                RegisterKind.LINKS: "The links CSV, with predecessors and successors",
            }
        }
