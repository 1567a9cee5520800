"""What a school knows of a joiner, and what an officer makes of it (rules.md B7, S4)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from banding.choices import JoinerState
from banding.joiners.rules import doubts_of_joiner, oddities_of_joiner
from banding.joiners.selectors import Candidate, has_namesake
from banding.joiners.services import problem_of_joiner_dates
from banding.models import Joiner, Return
from banding_portal.asking import AsksIfSure
from banding_portal.folding import clean_code
from banding_portal.forms import DateField, PortalForm
from banding_portal.words import day
from schools.choices import PlanType, PrimaryNeed
from schools.forms.choosing import SchoolField, offer_schools
from schools.identifiers import check_upn
from schools.matching import name_of
from schools.models import Pupil, School, User


class JoinerFilterForm(PortalForm):
    """Joiners of all schools, by name, state and school."""

    q = forms.CharField(label="Name or UPN", required=False)
    state = forms.ChoiceField(label="State", required=False)
    school = SchoolField(label="School", required=False, empty_label="All")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [each for each in JoinerState.choices if each[0] != JoinerState.DRAFT]
        self.offer_choices("state", [("", "All"), *told])
        offer_schools(self, "school", School.objects.visible_to(user))


class JoinerForm(AsksIfSure, PortalForm):
    """What a school knows of a pupil who joined."""

    surname = forms.CharField(
        max_length=80, error_messages={"required": "Enter the pupil’s surname"}
    )
    forename = forms.CharField(
        max_length=80, error_messages={"required": "Enter the pupil’s forename"}
    )
    date_of_birth = DateField(label="Date of birth", example="31 1 2018")
    joined_on = DateField(label="Date joined", example="1 9 2026")
    plan_type = forms.ChoiceField(
        label="Plan",
        choices=PlanType.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose EHCP or SEN Support"},
    )
    primary_need = forms.ChoiceField(
        label="Primary need", choices=[("", "Not known yet"), *PrimaryNeed.choices], required=False
    )
    upn = forms.CharField(
        label="UPN", required=False, max_length=40, help_text="13 characters, if you have it."
    )

    class Look:
        width = {"surname": 20, "forename": 20, "upn": 20}
        inline = ["plan_type"]
        legend = {"date_of_birth": "s", "joined_on": "s", "plan_type": "s"}

    def __init__(
        self, *args: Any, school: School, pupil_return: Return | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.school, today = school, timezone.localdate()
        self.about = pupil_return.collection.reference_date if pupil_return else today

    def clean_upn(self) -> str:
        upn = clean_code(self.cleaned_data["upn"])
        problem = check_upn(upn) if upn else ""
        if problem:
            raise forms.ValidationError(problem)
        return upn

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born, joined = cleaned.get("date_of_birth"), cleaned.get("joined_on")
        if born and joined:
            name, problem = problem_of_joiner_dates(self.about, born, joined)
            if problem:
                self.add_error(name, problem)
            else:
                self.ask(cleaned, born, joined)
        return cleaned

    def ask(self, cleaned: dict[str, Any], born: dt.date, joined: dt.date) -> None:
        """Whether what hardly can be is right: all of it at once."""
        today = timezone.localdate()
        oddities: list[Any] = oddities_of_joiner(born, joined, self.school, today)
        names = cleaned.get("forename", ""), cleaned.get("surname", "")
        namesake = has_namesake(self.school, *names, born, today) if all(names) else False
        self.tell(oddities + doubts_of_joiner(*names, joined, today, is_namesake=namesake))


NEW_PUPIL = "new"


class PlaceJoinerForm(PortalForm):
    """Which pupil a joiner is."""

    match = forms.ChoiceField(
        label="Who is this?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the pupil, or that they are new"},
    )
    reference = forms.CharField(
        label="Reference of the new pupil",
        help_text="Your own, for a pupil the portal does not know yet. If you leave it empty, the "
        "portal makes one.",
        required=False,
        max_length=40,
    )

    class Look:
        width = {"reference": 20}
        legend = {"match": "m"}

    def __init__(self, *args: Any, joiner: Joiner, candidates: list[Candidate], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.candidates = {str(each.pupil.pk): each.pupil for each in candidates}
        known = [(pk, f"{p} · {p.reference}") for pk, p in self.candidates.items()]
        new = (NEW_PUPIL, "A pupil the authority does not know yet")
        if not known:
            self.initial.setdefault("match", NEW_PUPIL)
            self.fields["match"].help_text = (
                "No pupil in the portal has this UPN, or a name and a date of birth like these. "
                "Below you can search for others."
            )
        hints = {str(each.pupil.pk): " ".join(about(joiner, each)) for each in candidates}
        self.offer_choices("match", [*known, new], hints)

    @property
    def pupil(self) -> Pupil | None:
        """The pupil chosen; None for a new one."""
        return self.candidates.get(self.cleaned_data["match"])

    @property
    def told_apart(self) -> list[UUID]:
        """The pupils shown, where the joiner is said to be none of them."""
        return [] if self.pupil else [pupil.pk for pupil in self.candidates.values()]


def about(joiner: Joiner, candidate: Candidate) -> list[str]:
    pupil, match = candidate.pupil, candidate.match
    born = f"Born {day(pupil.date_of_birth)}. UPN {pupil.upn or 'missing'}. {school_now(pupil)}"
    return [*([f"{match}."] if match else []), born, *what_to_check(joiner, pupil)]


def school_now(pupil: Pupil) -> str:
    placements = list(pupil.placements.all())
    return f"At {placements[-1].school}." if placements else "Not at a school."


def what_to_check(joiner: Joiner, pupil: Pupil) -> list[str]:
    """Where the school's word and the record are not the same, as sentences."""
    found = []
    if pupil.date_of_birth != joiner.date_of_birth:
        found.append(f"Check: the school says born {day(joiner.date_of_birth)}.")
    if name_of(pupil.surname, pupil.forename) != name_of(joiner.surname, joiner.forename):
        found.append(f"Check: the school says the name is {joiner}.")
    if joiner.upn and pupil.upn and pupil.upn != joiner.upn:
        found.append(f"Check: the school says the UPN is {joiner.upn}.")
    school = joiner.school
    placed = [p for p in pupil.placements.all() if p.school_id == school.pk]
    if any(p.end is None or p.end >= joiner.joined_on for p in placed):
        found.append(f"Already placed at {school}.")
    return found


class RefuseJoinerForm(PortalForm):
    note = forms.CharField(
        label="Why is the joiner not accepted?",
        help_text="The school reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Tell the school why the joiner is not accepted"},
    )


class FindPupilForm(PortalForm):
    q = forms.CharField(label="Name, UPN or reference", required=False, max_length=80)
