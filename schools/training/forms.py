"""Planning training, signing up, answering its question, and finding among training and people."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from banding_portal.asking import AsksIfSure
from banding_portal.forms import DateField, PortalForm
from banding_portal.telling import ToldToMany
from schools.choices import PlaceState, PreferredTime, TrainingKind
from schools.forms.audiences import AudienceForm
from schools.models import TrainingSession, User
from schools.naming import Doubt
from schools.training.rules import Planned, problem_of_far, problem_of_time, problems_of
from schools.training.selectors import (
    ALL,
    CANCELLED,
    OVER,
    booked_places,
    collections_of_schools,
    people_named,
)
from schools.training.services import BEFORE_NOW

NOBODY_CAME = "Tick everybody who was there, unless nobody was"
OWN = ("kind", "title", "text", "place", "minutes", "places", "question", "answers")


class TrainingForm(ToldToMany, AudienceForm):
    goes_out = ("title", "place")
    kind = forms.ChoiceField(
        label="What is it?", choices=TrainingKind, error_messages={"required": "Choose what it is"}
    )
    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(
        label="What it is about",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what it is about"},
    )
    place = forms.CharField(
        label="Where",
        help_text="A room, or the web address of the meeting or the recording",
        max_length=300,
        error_messages={"required": "Enter a place or a web address"},
    )
    starts_on = DateField(
        label="Day",
        said="the day of the training",
        help_text="A recording has no day and no time: leave both empty.",
        required=False,
    )
    starts_at = forms.TimeField(
        label="Time it begins",
        help_text="Like 16:00",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        error_messages={"invalid": "Enter the time it begins in figures, like 16:00"},
    )
    minutes = forms.IntegerField(
        label="How many minutes it takes", min_value=5, max_value=600, initial=60
    )
    places = forms.IntegerField(
        label="Number of places",
        help_text="Leave this empty where there is no limit.",
        min_value=1,
        max_value=5000,
        required=False,
    )
    question = forms.CharField(
        label="Question about a recording",
        help_text="Whoever has watched it can answer it. Leave it empty for a session.",
        max_length=300,
        required=False,
    )
    answers = forms.CharField(
        label="Answers to choose from",
        help_text="For a recording: one a line, the right one first. People see them in another "
        "order.",
        max_length=1100,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    field_order = (
        *("kind", "title", "text", "place", "starts_on", "starts_at", "minutes", "places"),
        *("question", "answers", "roles", "sectors", "quadrants"),
    )

    class Look(AudienceForm.Look):
        said = {
            **AudienceForm.Look.said,
            "kind": "what it is",
            "text": "what it is about",
            "place": "where it is",
            "starts_at": "the time it begins",
            "minutes": "how many minutes it takes",
            "answers": "the answers",
        }
        unmarked = (
            *AudienceForm.Look.unmarked,
            *("starts_on", "starts_at", "question", "answers"),
        )
        width = {"starts_at": "5", "minutes": "5", "places": "5"}

    def clean_answers(self) -> list[str]:
        lines = self.cleaned_data["answers"].splitlines()
        found = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(line) > 200 for line in found):
            raise forms.ValidationError("Each answer must be 200 characters or fewer")
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        day, time = data.get("starts_on"), data.get("starts_at")
        if bool(day) != bool(time):
            missing = "starts_at" if day else "starts_on"
            self.add_error(missing, "Enter the day and the time at which it begins")
            return data
        if day and time and (gap := problem_of_time(day, time, timezone.get_current_timezone())):
            self.add_error("starts_at", gap)
            return data
        for field, problem in problems_of(self.planned).items():
            self.add_error(field, problem)
        if far := problem_of_far(self.begins, timezone.now()):
            self.add_error("starts_on", far)
        if self.begins and self.begins <= timezone.now():
            self.add_error("starts_on", BEFORE_NOW)
        return data

    @property
    def begins(self) -> dt.datetime | None:
        day, time = self.cleaned_data.get("starts_on"), self.cleaned_data.get("starts_at")
        return timezone.make_aware(dt.datetime.combine(day, time)) if day and time else None

    @property
    def planned(self) -> Planned:
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in OWN}
        return Planned(**given, **self.audience, starts_at=self.begins)


def initial_of(session: TrainingSession) -> dict[str, Any]:
    found = {name: getattr(session, name) for name in (*OWN, "roles", "sectors", "quadrants")}
    found["answers"] = "\n".join(session.answers)
    if session.starts_at:
        begins = timezone.localtime(session.starts_at)
        found |= {"starts_on": begins.date(), "starts_at": f"{begins:%H:%M}"}
    return found


class SignUpForm(PortalForm):
    preferred = forms.ChoiceField(
        label="When could you come, if it were given again?",
        help_text="It helps the authority to plan the next sessions.",
        choices=PreferredTime,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when you could come"},
    )

    class Look:
        said = {"preferred": "when you could come"}


class WatchedForm(PortalForm):
    """The question of a recording, its answers in the order of the alphabet."""

    answer = forms.ChoiceField(
        label="Answer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )

    class Look:
        said = {"answer": "an answer"}

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        self.offer_choices("answer", [(each, each) for each in sorted(session.answers)])

    def name_fields(self) -> None:
        self.fields["answer"].label = self.session.question


class AttendanceForm(AsksIfSure, PortalForm):
    """Everybody with a place at a session in one list."""

    there = forms.MultipleChoiceField(
        label="Who was there?",
        help_text="Tick everybody who was there. The others are noted as not there.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    also = forms.CharField(
        label="Who else came, without having signed up?",
        help_text="The name or the email address of each person’s account, one a line.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    class Look:
        small = ("there",)
        unmarked = ("there", "also")
        said = {"also": "who else came"}

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (str(place.person_id), ", ".join(filter(None, [place.person.name, place.at_school])))
            for place in booked_places(session)
        ]
        self.offer_choices("there", people)
        if not people:
            del self.fields["there"]

    def clean_also(self) -> list[User]:
        found, problems = people_named(self.cleaned_data["also"].splitlines())
        if problems:
            raise forms.ValidationError(problems)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("there") and not cleaned.get("also"):
            self.tell([Doubt("there", NOBODY_CAME, is_error=False)])
        return cleaned


def there_already(session: TrainingSession) -> list[str]:
    """Who was noted as there."""
    return [str(place.person_id) for place in booked_places(session) if place.done_at]


class CancelForm(ToldToMany, PortalForm):
    reason = forms.CharField(
        label="Why?",
        help_text="Whoever opens it reads this.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


class TrainingFilterForm(PortalForm):
    q = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *TrainingKind.choices], required=False
    )
    when = forms.ChoiceField(
        label="When",
        choices=[
            ("", "To come, and recordings"),
            (OVER, "In the past"),
            (CANCELLED, "Cancelled or taken down"),
            (ALL, "All"),
        ],
        required=False,
    )


class PlaceFilterForm(PortalForm):
    q = forms.CharField(label="Name or school", required=False)
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *PlaceState.choices], required=False
    )

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if session.is_recording:
            del self.fields["state"]


class UntrainedFilterForm(PortalForm):
    q = forms.CharField(label="School", required=False)
    collection = forms.ChoiceField(label="Collection", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("collection", [("", "All"), *collections_of_schools(user)])
