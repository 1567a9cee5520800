"""The form for a caseload file."""

from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.uploads.forms import UploadForm
from schools.register_rules import academic_year_name, academic_year_of


class CaseloadUploadForm(UploadForm):
    """The file, and which academic year its year groups are for (S5)."""

    academic_year = forms.TypedChoiceField(
        label="Academic year of the year groups (ncy)", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = academic_year_of(timezone.localdate())
        years = [(year, academic_year_name(year)) for year in (this - 1, this, this + 1)]
        field = self.fields["academic_year"]
        field.choices, field.initial = years, this  # type: ignore[attr-defined]
