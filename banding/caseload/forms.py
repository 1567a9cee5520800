"""The forms of a caseload file and of its differences."""

from typing import Any

from django import forms
from django.utils import timezone

from banding.choices import DifferenceKind
from banding.models import CaseloadDifference, CaseloadUpload
from banding_portal.forms import DateField, PortalForm
from banding_portal.uploads.forms import UploadForm
from schools.register_rules import academic_year_name, academic_year_of


class CaseloadUploadForm(UploadForm):
    """The file, and which academic year its year groups are for (S5)."""

    academic_year = forms.TypedChoiceField(
        label="Academic year of the year groups (NCY)", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = academic_year_of(timezone.localdate())
        years = [(year, academic_year_name(year)) for year in (this - 1, this, this + 1)]
        field = self.fields["academic_year"]
        field.choices, field.initial = years, this  # type: ignore[attr-defined]


class DifferenceFilterForm(PortalForm):
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *DifferenceKind.choices], required=False
    )
    q = forms.CharField(label="Name or reference", required=False)
    undecided = forms.BooleanField(label="Only what nobody has decided", required=False)


class ChoiceFilterForm(PortalForm):
    q = forms.CharField(label="Name or reference", required=False)


class EndMissingForm(PortalForm):
    """Which of the placements missing from a file end, and when."""

    every = forms.BooleanField(label="All that are missing, not only those ticked", required=False)
    missing = forms.ModelMultipleChoiceField(CaseloadDifference.objects.none(), required=False)
    end = DateField(
        label="Last day",
        said="the last day",
        help_text="Of the placements that end",
        example="31 8 2026",
    )

    class Look:
        said = {"missing": "the placements"}

    def __init__(self, *args: Any, upload: CaseloadUpload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("missing", upload.differences.filter(kind=DifferenceKind.MISSING))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("every") and not given.get("missing"):
            self.add_error("every", "Tick the placements that end")
        return given

    def chosen(self) -> list[CaseloadDifference]:
        field = self.fields["missing"]
        every = field.queryset  # type: ignore[attr-defined]
        return list(every if self.cleaned_data["every"] else self.cleaned_data["missing"])
