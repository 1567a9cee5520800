"""Finding pupils of a return; declaration, more time, sending back."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from banding.models import Return, ReturnPupil
from banding.returns.narrowing import shown_of
from banding.returns.progress import ReturnProgress
from banding_portal.forms import DateField, PortalForm
from schools.forms.by_name import PupilsField
from schools.forms.choosing import SchoolField, offer_schools
from schools.models import School, User


class ReturnFilterForm(PortalForm):
    """Returns of several schools, by school and by what they owe."""

    school = SchoolField(label="School", required=False, empty_label="All your schools")
    owed = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), ("yes", "To submit"), ("no", "Submitted")],
        required=False,
    )

    class Look:
        said = {"owed": "what to show"}

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_schools(self, "school", schools)


class LineFilterForm(PortalForm):
    """Which pupils of a return are shown, each choice with their number."""

    q = forms.CharField(label="Pupil", required=False)
    show = forms.ChoiceField(label="Show", required=False)

    class Look:
        said = {"show": "what to show"}

    def __init__(self, *args: Any, progress: ReturnProgress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = [
            (name, f"{words} ({sum(map(fits, progress.lines))})")
            for name, (words, fits) in shown_of(progress).items()
        ]
        self.offer_choices("show", [("", f"All ({progress.total})"), *counts])


class DeclarationForm(PortalForm):
    """One tick, under the name of who is signed in."""

    declared = forms.BooleanField(
        label="I declare this",
        error_messages={"required": "Tick the box to make the declaration"},
    )

    without_typed = forms.BooleanField(
        label="Submit without what I typed and did not save",
        error_messages={
            "required": "Tick the box to submit without what you typed and did not save, or use it "
            "or discard it first"
        },
    )

    field_order = ["without_typed", "declared"]

    def __init__(self, *args: Any, person: User, unsaved: bool = False, **kwargs: Any) -> None:
        """`unsaved`: there is text of theirs that would not be in the return."""
        super().__init__(*args, **kwargs)
        self.fields["declared"].label = f"I, {person.name}, declare this for the school"
        if not unsaved:
            del self.fields["without_typed"]


class ExtensionForm(PortalForm):
    """More time for one school."""

    until = DateField(
        label="New deadline",
        said="the new deadline",
        help_text="The return can be submitted until the end of this day.",
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Kept in the history of the return. The school reads it.",
        max_length=400,
        error_messages={"required": "Say why the school has more time"},
    )

    class Look:
        legend = {"until": "s"}


class WithdrawForm(PortalForm):
    """Why a school takes its return back."""

    reason = forms.CharField(
        label="Why do you take it back?",
        help_text="The authority reads this. Do not name a pupil.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why you take the return back"},
    )


class SendBackForm(PortalForm):
    """Back to the school, with what to correct and until when."""

    reason = forms.CharField(
        label="What should the school correct?",
        help_text="The school reads this on its return. Its email says it too, unless it may say "
        "who a pupil is: pick the pupils below instead of naming them.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Say what the school should correct"},
    )
    about = PupilsField(
        label="Which pupils is it about?",
        help_text="Leave this empty if it is about no pupil in particular. Each pupil you pick "
        "shows your message until somebody at the school has checked it.",
        queryset=ReturnPupil.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "A pupil you picked is no longer on this return. Pick again."
        },
    )
    correct_by = DateField(
        label="Correct by",
        said="the date to correct it by",
        help_text="Needed only when the deadline has passed.",
        required=False,
    )

    class Look:
        legend = {"reason": "s", "about": "s", "correct_by": "s"}
        small = ["about"]
        long = ["about"]

    def __init__(self, *args: Any, pupil_return: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_it = ReturnPupil.objects.filter(pupil_return=pupil_return).select_related("pupil")
        self.offer("about", on_it)
