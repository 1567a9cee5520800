"""A reminder of a collection's schedule: added, changed, looked at before it is kept, taken out."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from banding.choices import RecipientKind
from banding.collections.deadlines import reminder_days
from banding.collections.views import AboutCollection
from banding.models import Collection
from banding.reminders.actions import actions_on_reminders, step_actions
from banding.reminders.forms import STANDARD, ReminderStepForm, initial_of
from banding.reminders.mail import Mail, reminder_mail
from banding.reminders.overview import example_return
from banding.reminders.scheduling import remove_reminder, set_reminder
from banding.reminders.selectors import steps_of
from banding.reminders.steps import Step, on_which
from banding_portal.pages import ActionPage, ChangesPage, FormPage
from banding_portal.roles import COLLECTION_RUNNERS

PREVIEW = "preview"


class OnSchedule(AboutCollection, abstract=True):
    def next_url(self) -> str:
        return reverse("banding:reminder_list", args=[self.found.pk])


class ReminderPage(OnSchedule, FormPage[Collection], abstract=True):
    """Its form, with a second button that shows the email and keeps nothing."""

    allowed_roles = COLLECTION_RUNNERS
    form_class = ReminderStepForm
    template_name = "banding/reminder_edit.html"
    was: Step | None = None

    def form_valid(self, form: ReminderStepForm) -> HttpResponse:
        return self.show(form) if PREVIEW in self.request.POST else super().form_valid(form)

    def act(self, form: ReminderStepForm) -> str:
        was = self.was.offset if self.was else None
        step = set_reminder(collection=self.found, was=was, step=form.step, by=self.user)
        return f"The reminder {on_which(step.offset)} is saved."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        shown = {
            "collection": self.found,
            "was": self.was,
            "standard": STANDARD.strip(),
            "preview": self.preview(form),
        }
        return super().get_context_data(**kwargs) | shown

    def preview(self, form: ReminderStepForm) -> dict[str, Any] | None:
        """The email of a valid form, or of the reminder as it stands."""
        step = self.was
        if form.is_bound:
            step = form.step if form.is_valid() else None
        return preview_of(self.found, step) if step else None


def preview_of(collection: Collection, step: Step) -> dict[str, Any]:
    """The email as one school's people would get it on its day; without a school that owes a
    return there is none to show.
    """
    [planned] = reminder_days(collection.deadline, [step.offset])
    example = example_return(collection)
    kinds = [kind for kind in step.kinds if kind != RecipientKind.AUTHORITY]
    mail: Mail | None = None
    if example and kinds:
        day = max(planned.day, timezone.localdate())
        mail = reminder_mail(example, kinds[0], "[name]", day, step)
    return {"day": planned.day, "mail": mail, "to": kinds[:1], "school": example and example.school}


class ReminderCreate(ReminderPage):
    def why_closed(self) -> Any:
        return actions_on_reminders(self.found, self.user).why_not("add")

    def get_initial(self) -> dict[str, Any]:
        return {"side": "before", "kinds": [RecipientKind.SENCO]}


class AboutStep(OnSchedule, abstract=True):
    """The reminder whose days from the deadline the address names."""

    @cached_property
    def step(self) -> Step:
        found = steps_of(self.found).get(self.kwargs["offset"])
        if found is None:
            raise Http404
        return found

    def prepare(self) -> None:
        super().prepare()
        self.step  # noqa: B018 (404 before anything else)


class ReminderEdit(AboutStep, ReminderPage, ChangesPage[Collection]):
    def prepare(self) -> None:
        super().prepare()
        self.was = self.step

    def why_closed(self) -> Any:
        return step_actions(self.found, self.step.offset, self.user).why_not("edit")

    def stands(self, row: Collection) -> dict[str, Any]:
        step = steps_of(row).get(self.step.offset)
        return initial_of(step) if step else {}

    def context(self) -> dict[str, Any]:
        return {"can": step_actions(self.found, self.step.offset, self.user)}


class ReminderRemove(AboutStep, ActionPage[Collection]):
    allowed_roles = COLLECTION_RUNNERS

    def act(self) -> str:
        remove_reminder(collection=self.found, offset=self.step.offset, by=self.user)
        return f"The reminder {on_which(self.step.offset)} is removed."
