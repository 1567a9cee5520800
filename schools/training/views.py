"""Training: what there is, signing up and watching; who was there, and where nobody is trained."""

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.calendars import calendar_of
from banding_portal.pages import ActionPage, ChangesPage, FormPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import (
    COLLECTION_RUNNERS,
    EVERYONE,
    TRAINING_KEEPERS,
    TRAINING_READERS,
    UNTRAINED_READERS,
)
from schools.choices import PlaceState
from schools.models import Place, School, TrainingSession
from schools.selectors.audiences import audience_words
from schools.training.actions import (
    actions_on_training,
    actions_on_untrained,
    attendance_actions,
    is_full,
    training_actions,
)
from schools.training.calendar import meeting_of
from schools.training.forms import (
    AttendanceForm,
    CancelForm,
    PlaceFilterForm,
    SignUpForm,
    TrainingFilterForm,
    TrainingForm,
    UntrainedFilterForm,
    WatchedForm,
    initial_of,
    there_already,
)
from schools.training.selectors import (
    place_of,
    places_matching,
    training_matching,
    untrained_matching,
    with_places,
)
from schools.training.services import (
    answer_question,
    cancel_training,
    change_training,
    give_up_place,
    note_attendance,
    plan_training,
    remind_untrained,
    sign_up,
)


class TrainingList(ListPage[None]):
    """Recordings and sessions for the person; all of them for who follows training."""

    allowed_roles = EVERYONE
    template_name = "schools/training_list.html"
    filter_class = TrainingFilterForm
    orders: ClassVar = {
        "title": by("title"),
        "kind": by("kind", "starts_at"),
        "when": by("starts_at", "title"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[TrainingSession]:
        return training_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        follows = self.user.has_role(*TRAINING_READERS)
        return {"can": actions_on_training(self.user), "follows": follows}


class TrainingCreate(FormPage[None]):
    allowed_roles = TRAINING_KEEPERS
    sends_once = True
    template_name = "schools/training_edit.html"
    form_class = TrainingForm

    def act(self, form: TrainingForm) -> str:
        self.made = plan_training(planned=form.planned, by=self.user)
        return "It is planned. The people it is for can sign up for it, or watch it, from now on."

    def next_url(self) -> str:
        return reverse("schools:training_detail", args=[self.made.pk])

    def context(self) -> dict[str, Any]:
        return {"heading": "Plan training", "up": reverse("schools:training_list")}


class AboutTraining(About[TrainingSession], abstract=True):
    """What every page of one session shares."""

    def find(self) -> TrainingSession:
        visible = with_places(TrainingSession.objects.visible_to(self.user), self.user)
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("schools:training_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"training": self.found, "up": self.next_url()}


class TrainingDetail(AboutTraining, Page[TrainingSession]):
    allowed_roles = EVERYONE
    template_name = "schools/training_detail.html"

    def context(self) -> dict[str, Any]:
        follows = self.user.has_role(*TRAINING_READERS)
        shown = {
            "up": reverse("schools:training_list"),
            "mine": place_of(self.found, self.user),
            "can": training_actions(self.found, self.user),
            "is_full": is_full(self.found),
            "audience": audience_words(self.found) if follows else [],
        }
        return super().context() | shown


class TrainingCalendar(AboutTraining):
    """A session as a file for a calendar."""

    allowed_roles = EVERYONE

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.found.starts_at is None or self.found.cancelled_because:
            raise Http404
        text = calendar_of([meeting_of(self.found)], timezone.now())
        named = {"Content-Disposition": 'attachment; filename="training.ics"'}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=named)


class TrainingEdit(AboutTraining, ChangesPage[TrainingSession]):
    allowed_roles = TRAINING_KEEPERS
    template_name = "schools/training_edit.html"
    form_class = TrainingForm

    def why_closed(self) -> Any:
        return training_actions(self.found, self.user).why_not("change")

    def stands(self, row: TrainingSession) -> dict[str, Any]:
        return initial_of(row)

    def act(self, form: TrainingForm) -> str:
        change_training(session=self.found, planned=form.planned, by=self.user)
        if self.found.is_recording:
            return "The change is saved."
        return "The change is saved. If the time or place is new, everybody who signed up is told."

    def context(self) -> dict[str, Any]:
        return super().context() | {"heading": "Change this training"}


class TrainingCancel(AboutTraining, FormPage[TrainingSession]):
    allowed_roles = TRAINING_KEEPERS
    template_name = "schools/training_cancel.html"
    form_class = CancelForm

    def why_closed(self) -> Any:
        return training_actions(self.found, self.user).why_not("cancel")

    def act(self, form: CancelForm) -> str:
        reason = form.cleaned_data["reason"]
        cancel_training(session=self.found, reason=reason, by=self.user)
        if self.found.is_recording:
            return "It is taken down. Nobody can watch it from here any more."
        return "It is cancelled. Everybody who signed up is told."


class TrainingSignUp(AboutTraining, FormPage[TrainingSession]):
    allowed_roles = EVERYONE
    refuses_posts = True
    template_name = "schools/training_sign_up.html"
    form_class = SignUpForm

    def why_closed(self) -> Any:
        return training_actions(self.found, self.user).why_not("sign_up")

    def act(self, form: SignUpForm) -> str:
        preferred = form.cleaned_data["preferred"]
        place = sign_up(session=self.found, preferred=preferred, by=self.user)
        if place.state == PlaceState.BOOKED:
            return "You have a place."
        return "Every place is taken. You are on the waiting list, and are told if you get one."

    def context(self) -> dict[str, Any]:
        return super().context() | {"is_full": is_full(self.found)}


class TrainingGiveUp(AboutTraining, Page[TrainingSession], ActionPage[TrainingSession]):
    """Asked once, for the place goes to who waits first."""

    allowed_roles = EVERYONE
    template_name = "schools/training_give_up.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if reasons := training_actions(self.found, self.user).why_not("give_up"):
            return self.refused(RefusalError(*reasons))
        return super().get(*args, **kwargs)

    def act(self) -> str:
        held = give_up_place(session=self.found, by=self.user)
        if held == PlaceState.WAITING:
            return "You are off the waiting list. You can join it again."
        return "You have given up your place. You can sign up again."

    def context(self) -> dict[str, Any]:
        mine = place_of(self.found, self.user)
        return super().context() | {"waits": bool(mine and mine.state == PlaceState.WAITING)}


class TrainingWatch(AboutTraining, FormPage[TrainingSession]):
    """The question of a recording; the right answer notes that it was watched."""

    allowed_roles = EVERYONE
    refuses_posts = True
    template_name = "schools/training_watch.html"
    form_class = WatchedForm

    def why_closed(self) -> Any:
        return training_actions(self.found, self.user).why_not("watch")

    def form_options(self) -> dict[str, Any]:
        return {"session": self.found}

    def act(self, form: WatchedForm) -> str:
        answer_question(session=self.found, answer=form.cleaned_data["answer"], by=self.user)
        return "That is right. You are on record as having watched it."


class TrainingPeople(AboutTraining, ListPage[TrainingSession]):
    """Who signed up or watched, and who was there."""

    allowed_roles = TRAINING_READERS
    template_name = "schools/training_people.html"
    filter_class = PlaceFilterForm
    orders: ClassVar = {
        "name": by("person__name"),
        "school": by("at_school", "person__name"),
        "state": by("state", "signed_up_at"),
        "prefers": by("preferred", "person__name"),
        "attended": by("done_at", "person__name"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"session": self.found}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Place]:
        return places_matching(self.found, wanted)

    def context(self) -> dict[str, Any]:
        return super().context() | {"can": attendance_actions(self.found, self.user)}


class TrainingAttendance(AboutTraining, FormPage[TrainingSession]):
    """One form for everybody who had a place."""

    allowed_roles = TRAINING_KEEPERS
    template_name = "schools/training_attendance.html"
    form_class = AttendanceForm

    def why_closed(self) -> Any:
        return training_actions(self.found, self.user).why_not("attendance")

    def form_options(self) -> dict[str, Any]:
        return {"session": self.found}

    def get_initial(self) -> dict[str, Any]:
        return {"there": there_already(self.found)}

    def act(self, form: AttendanceForm) -> str:
        there = [UUID(person) for person in form.cleaned_data.get("there", ())]
        also = form.cleaned_data["also"]
        count = note_attendance(session=self.found, there=there, also=also, by=self.user)
        return f"It is noted: {people_words(count)} there."

    def next_url(self) -> str:
        return reverse("schools:training_people", args=[self.found.pk])


def people_words(count: int) -> str:
    return {0: "nobody was", 1: "1 person was"}.get(count, f"{count:,} people were")


class UntrainedList(ListPage[None]):
    """Schools with pupils where no SENCO or headteacher of today has been trained."""

    allowed_roles = UNTRAINED_READERS
    template_name = "schools/untrained_list.html"
    filter_class = UntrainedFilterForm
    usual = "school"
    orders: ClassVar = {
        "school": by("name", "urn"),
        "sector": by("sector", "name"),
        "quadrant": by("quadrant__name", "name"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[School]:
        return untrained_matching(self.user, wanted)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_untrained(self.user, self.wanted)}


class UntrainedRemind(ActionPage[None]):
    allowed_roles = COLLECTION_RUNNERS

    def act(self) -> str:
        form = UntrainedFilterForm(self.request.POST, user=self.user)
        if not form.is_valid():
            raise RefusalError("These filters do not fit any more. Choose them again.")
        return remind_untrained(wanted=form.cleaned_data, by=self.user).words

    def next_url(self) -> str:
        kept = {name: self.request.POST[name] for name in ("q", "collection")
                if self.request.POST.get(name)}  # fmt: skip
        url = reverse("schools:untrained_list")
        return f"{url}?{urlencode(kept)}" if kept else url
