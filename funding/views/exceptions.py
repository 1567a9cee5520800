"""What a person has to look at before a run is published (rules.md F3, F6, B12)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.keeping import Form
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import number
from funding.actions import run_actions
from funding.choices import ExceptionKind
from funding.forms.runs import ExceptionFilterForm, ReasonForAllForm, ReasonForm
from funding.models import Run, RunException
from funding.selectors.cures import cure_of
from funding.selectors.readiness import Remedy
from funding.selectors.run_page import exception_counts, exceptions_to_read
from funding.services.exceptions import clear_exception, clear_exceptions
from funding.views.finding import AboutRun, find_run

WHAT_HELPS = "Have the return accepted or sent back and calculate again, or say why this can stay."
PAID_UNTIL_THEN = f"The school is paid for them until then. {WHAT_HELPS}"
ABOUT: dict[str, str] = {
    ExceptionKind.OVERLAP: "Two schools have the pupil on roll on the same days. The school where "
    "the pupil started later is paid. Correct the placement and calculate again, or say why this "
    "can stay.",
    ExceptionKind.NO_AGREED_BAND: "The pupil has a plan and no agreed band on these days, so "
    "nothing is paid for them. At SEN Support only a band that moderators or the authority gave "
    "counts. Have the band entered and calculate again, or say why this can stay.",
    ExceptionKind.NO_SCHOOL: "The pupil has a plan and a band and is at no school on these days: "
    "the last one has closed, or another one begins later. Nothing is paid for them until then. "
    "Have the pupil placed and calculate again, or say why this can stay.",
    ExceptionKind.NOT_OPEN: "The school is paid for days before it opened or after it closed, by "
    "the dates of the register. Have the pupil placed where they are and calculate again, or say "
    "why this can stay.",
    ExceptionKind.TWO_AMOUNTS: "Two exceptional amounts are agreed for the pupil on the same days, "
    "as when two records of one pupil were merged, and both are paid. Have one of them ended and "
    "calculate again, or say why both can stay.",
    ExceptionKind.LARGE: "What was published for the pupil at this school is adjusted by more than "
    "the authority’s limit. See in the lines of the run what changed, who recorded it and when. "
    "Have it put right and calculate again, or say why this can stay. It is asked again each time "
    "the run is calculated.",
    ExceptionKind.NO_UPN: "The pupil is paid for and has no UPN on record. Ask the school for it, "
    "have it entered and calculate again, or say why this can stay. Cleared in a run that is "
    "published, it is not asked again for the rest of the payment year.",
    ExceptionKind.NO_URN: "The money goes to a provider without a URN in the register. Check that "
    "the provider, and the reference it is paid under, are right, or have the pupil placed at the "
    "school and calculate again. Cleared in a run that is published, it is not asked again for the "
    "rest of the payment year.",
    ExceptionKind.OTHER_LA: "Another authority is responsible for the pupil, so this line pays "
    "nothing and is for information. If that is wrong, have the responsible authority put right "
    "and calculate again. Cleared in a run that is published, it is not asked again for the rest "
    "of the payment year.",
    ExceptionKind.DUPLICATE: "Two records that likely are one child are both paid, so the child "
    "may be paid for twice. Have them merged, or have it said that they are two children, "
    "and calculate again; or say why this can stay. Cleared in a run that is published, it is not "
    "asked again for the rest of the payment year.",
    ExceptionKind.LEFT: "The school says in its return that the pupil has left, and the return is "
    f"not accepted yet. {PAID_UNTIL_THEN}",
    ExceptionKind.NOT_OURS: "The school says in its return that the pupil was not with it on the "
    f"reference date or since, and the return is not accepted yet. {PAID_UNTIL_THEN}",
    ExceptionKind.STAYING_ON: "The school says in its return that the pupil stays after its last "
    "year group, and the return is not accepted yet. The roll as it is now is paid: check that "
    f"the pupil is on it. {WHAT_HELPS}",
    ExceptionKind.NO_BAND: "The school says in its return that the pupil’s needs are met without "
    f"a band, and the return is not accepted yet. {PAID_UNTIL_THEN}",
    ExceptionKind.JOINED: "The school says that a pupil has joined, and no officer has placed or "
    "refused them yet. Nothing is paid there for them until then. Have them placed or refused and "
    "calculate again, or say why this can stay.",
}


class ExceptionList(AboutRun, FormPage[Run], ListPage[Run]):
    """Exceptions by kind; officers POST one reason for all of a kind that are left."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = ReasonForAllForm
    filter_class = ExceptionFilterForm
    template_name = "funding/exception_list.html"
    orders: ClassVar = {
        "pupil": by("pupil__reference", "start"),
        "what": by("kind", "pupil__reference"),
        "school": by("school__name", "pupil__reference"),
        "from": by("start", "pupil__reference"),
        "to": by("end", "pupil__reference"),
        "cleared": by("cleared_at", "pupil__reference"),
    }

    @cached_property
    def kind(self) -> str:
        """The kind that is filtered, or that was just sent."""
        sent: str = self.request.POST.get("kind", "")
        return sent or self.wanted.get("kind") or ""

    def rows(self, wanted: dict[str, Any]) -> QuerySet[RunException]:
        found = exceptions_to_read(self.found, wanted.get("search") or "")
        if self.kind:
            found = found.filter(kind=self.kind)
        if wanted.get("state"):
            found = found.filter(cleared_at__isnull=wanted["state"] == "left")
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def form_options(self) -> dict[str, Any]:
        return {"run": self.found}

    def refilled(self, form: Form) -> Form:
        """What was typed about one kind is not shown for another."""
        own = self.kept is not None and self.kept.data.get("kind") == self.kind
        return super().refilled(form) if own else form

    def act(self, form: ReasonForAllForm) -> str:
        done = clear_exceptions(run=self.found, by=self.user, **form.cleaned_data)
        return f"Cleared: {number(done)}."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        counts = exception_counts(self.found)
        chosen = next((count for count in counts if count.kind == self.kind), None)
        can = run_actions(self.found, self.user)
        asked_of = self.kept.data.get("kind") if self.kept else self.kind
        self.form_is_there = bool(
            can.may(Remedy.CLEAR) and chosen and chosen.left and asked_of == self.kind
        )
        return {
            "run": self.found,
            "counts": counts,
            "left": sum(count.left for count in counts),
            "left_by_kind": " · ".join(str(count) for count in counts if count.left),
            "chosen": chosen,
            "about": ABOUT.get(self.kind, ""),
            "with_cures": [(each, cure_of(each)) for each in self.page_obj],
            "reads_pupils": self.user.has_role(*ALL_PUPIL_ROLES),
            "can": can,
        }


class ExceptionClear(FormPage[RunException]):
    """One exception, and the reason why it can stay."""

    allowed_roles = FINANCE_OFFICER
    form_class = ReasonForm
    template_name = "funding/exception_clear.html"

    def find(self) -> RunException:
        run = find_run(self.request, self.kwargs["pk"])
        return get_object_or_404(exceptions_to_read(run), pk=self.kwargs["exception"])

    def why_closed(self) -> Sequence[str]:
        return run_actions(self.found.run, self.user).why_not(Remedy.CLEAR)

    def get_initial(self) -> dict[str, Any]:
        return {"reason": self.found.cleared_reason}

    def act(self, form: ReasonForm) -> str:
        clear_exception(exception=self.found, by=self.user, **form.cleaned_data)
        return f"Cleared: {self.found.reference}."

    def next_url(self) -> str:
        return f"{reverse('funding:exception_list', args=[self.found.run_id])}?state=left"

    def back_url(self) -> str:
        return reverse("funding:run_detail", args=[self.found.run_id])

    def context(self) -> dict[str, Any]:
        return {
            "run": self.found.run,
            "exception": self.found,
            "about": ABOUT[self.found.kind],
            "cure": cure_of(self.found),
            "reads_pupils": self.user.has_role(*ALL_PUPIL_ROLES),
        }
