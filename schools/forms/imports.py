"""Forms about imports that were kept."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.jobs.models import kind_of
from banding_portal.uploads.selectors import kinds_for
from schools.choices import ImportKind
from schools.models import User


class ImportFilterForm(PortalForm):
    q = forms.CharField(label="File", required=False)
    kind = forms.ChoiceField(
        label="What", choices=[("", "All"), *ImportKind.choices], required=False
    )

    class Look:
        said = {"kind": "a kind of file"}


class UploadFilterForm(PortalForm):
    """Files that came in."""

    q = forms.CharField(label="File", required=False)
    kind = forms.ChoiceField(label="What", required=False)

    class Look:
        said = {"kind": "a kind of file"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind_of(kind), kind.WHAT) for kind in kinds_for(user)]
        self.offer_choices("kind", [("", "All"), *sorted(kinds, key=lambda each: each[1])])


class ImportedRowFilterForm(PortalForm):
    search = forms.CharField(label="Pupil, school or what changed", required=False)
    left = forms.BooleanField(label="Only what has not been undone", required=False)


class UndoImportForm(PortalForm):
    """Nothing to fill in, unless something can no longer be undone."""

    leave_the_rest = forms.BooleanField(
        label="Undo the rest, and leave these as they are",
        error_messages={"required": "Tick that the rest is to stay, or leave everything as it is"},
    )

    def __init__(self, *args: Any, held: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not held:
            del self.fields["leave_the_rest"]
