"""Exceptional requests: a school asks, the authority sees and answers (rules.md B11)."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Case, QuerySet, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from banding.choices import RequestState
from banding.exceptional.actions import request_actions
from banding.exceptional.forms import AnswerForm, EndForm, ExceptionalRequestForm, RequestFilterForm
from banding.exceptional.models import ExceptionalRequestQuerySet
from banding.exceptional.selectors import (
    decisions_to_ask_of,
    paid_beside,
    school_asking,
    why_not_asked_again,
)
from banding.exceptional.services import (
    agree_request,
    ask_for_exception,
    ask_of_decision,
    end_amount,
    refuse_request,
    withdraw_request,
)
from banding.models import BandDecision, ExceptionalRequest
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import line_of
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, SENCO, SEND_OFFICER
from banding_portal.words import local_date
from schools.models import Pupil, School, User
from schools.selectors.pupils import search

SENT = "The authority has your exceptional request."
RELATED = (
    "return_pupil__pupil",
    "decision__pupil",
    "decision__band",
    "school",
    "return_pupil__pupil_return__school",
    "return_pupil__pupil_return__collection__framework",
    "asked_by",
    "answered_by",
    "renews",
)


def either(name: str) -> Coalesce:
    """Of the pupil on the return, or of the one the decision is about."""
    return Coalesce(f"return_pupil__{name}", f"decision__{name}")


def requests_of(user: User) -> ExceptionalRequestQuerySet:
    return ExceptionalRequest.objects.visible_to(user).select_related(*RELATED)


def requests_matching(user: User, wanted: dict[str, Any]) -> QuerySet[ExceptionalRequest]:
    """Those that fit `q`, a pupil's name, UPN or reference, `state` and `school`."""
    found = requests_of(user)
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if wanted.get("school"):
        found = found.of_schools([wanted["school"].pk])
    if wanted.get("age"):
        since = timezone.now() - timedelta(days=int(wanted["age"]))
        found = found.filter(state=RequestState.WAITING, asked_at__lt=since)
    if text := (wanted.get("q") or "").strip():
        found = found.of_pupils(Pupil.objects.filter(search(text)))
    return found


class ExceptionalRequestCreate(AboutReturnPupil, FormPage):
    """This band does not secure the provision in the plan."""

    allowed_roles = own_roles = SENCO
    form_class = ExceptionalRequestForm
    template_name = "banding/exceptional_create.html"

    def why_closed(self) -> str:
        row, school = self.found, self.pupil_return.school
        return why_not_asked_again(row.pupil_id, school, self.user, return_pupil=row)

    def get_initial(self) -> dict[str, Any]:
        return answers_of(self.found.exceptional_requests.waiting().first())

    def act(self, form: ExceptionalRequestForm) -> str:
        ask_for_exception(return_pupil=self.found, by=self.user, **form.asked)
        return SENT

    def next_url(self) -> str:
        return reverse("banding:decision_edit", args=[self.found.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        under = self.pupil_return.collection
        more = {"pupil": self.found.pupil, "asked_under": under, "parent_url": self.next_url()}
        return super().get_context_data(**kwargs) | more


class ExceptionalRequestOfDecision(FormPage[BandDecision]):
    """The same of a decision about a pupil who is on no return of the school."""

    allowed_roles = SENCO
    form_class = ExceptionalRequestForm
    template_name = "banding/exceptional_create.html"

    def find(self) -> BandDecision:
        found = decisions_to_ask_of(self.user).select_related("pupil", "framework")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def school(self) -> School:
        return school_asking(self.found, self.user)

    def school_of_page(self) -> School:
        return self.school

    @cached_property
    def waiting(self) -> ExceptionalRequest | None:
        found = requests_of(self.user).filter(decision=self.found, school=self.school)
        return found.filter(state=RequestState.WAITING).first()

    def why_closed(self) -> str:
        decision = self.found
        return why_not_asked_again(decision.pupil_id, self.school, self.user, decision=decision)

    def get_initial(self) -> dict[str, Any]:
        return answers_of(self.waiting)

    def act(self, form: ExceptionalRequestForm) -> str:
        ask_of_decision(decision=self.found, school=self.school, by=self.user, **form.asked)
        return SENT

    def next_url(self) -> str:
        return reverse("schools:pupil_detail", args=[self.found.pupil_id])

    def context(self) -> dict[str, Any]:
        return {
            "pupil": self.found.pupil,
            "decision": self.found,
            "asked_under": self.found.framework,
            "waiting": self.waiting,
            "parent_url": self.next_url(),
        }


def answers_of(waiting: ExceptionalRequest | None) -> dict[str, Any]:
    """What the form begins with where a request waits: sending it again changes it."""
    if waiting is None:
        return {}
    asked = {"amount": waiting.asked_amount, "since": waiting.asked_from}
    return {"reason": waiting.reason, **asked}


class ExceptionalRequestWithdraw(ActionPage[ExceptionalRequest]):
    allowed_roles = SENCO

    def find(self) -> ExceptionalRequest:
        return get_object_or_404(requests_of(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if not self.found.is_own(self.user, SENCO):
            raise WrongRole(SENCO)

    def act(self) -> str:
        withdraw_request(request=self.found, by=self.user)
        return "The exceptional request is withdrawn."

    def next_url(self) -> str:
        row = self.found.return_pupil
        if row and row.pupil_return.is_own(self.user, SENCO):
            return reverse("banding:decision_edit", args=[row.pk])
        return reverse("schools:pupil_detail", args=[self.found.pupil.pk])


class ExceptionalRequestList(ListPage):
    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/exceptional_list.html"
    filter_class = RequestFilterForm
    orders: ClassVar = {
        "pupil": by(either("pupil__surname"), either("pupil__forename")),
        "school": by(
            Coalesce("return_pupil__pupil_return__school__name", "school__name"), "asked_at"
        ),
        "collection": by("return_pupil__pupil_return__collection__name", "asked_at"),
        "asked": by("asked_at"),
        "state": by("state", "asked_at"),
        "agreed_a_year": by("amount"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[ExceptionalRequest]:
        waits_first = Case(When(state=RequestState.WAITING, then=0), default=1)
        return requests_matching(self.user, wanted).order_by(waits_first, "asked_at")

    def context(self) -> dict[str, Any]:
        for asked in self.page_obj:
            last = asked.answered_at or timezone.now()
            asked.days = (local_date(last) - local_date(asked.asked_at)).days
        return {}


class ExceptionalRequestDetail(FormPage[ExceptionalRequest]):
    """One request, with the decision it is about, and its answer."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER
    form_class = AnswerForm
    template_name = "banding/exceptional_detail.html"

    def find(self) -> ExceptionalRequest:
        return get_object_or_404(requests_of(self.user), pk=self.kwargs["pk"])

    def act(self, form: AnswerForm) -> str:
        given = dict(form.cleaned_data)
        if given.pop("outcome") == "agreed":
            agree_request(request=self.found, by=self.user, **given)
        else:
            refuse_request(request=self.found, answer=given["answer"], by=self.user)
        return "The school can read your answer now."

    def next_url(self) -> str:
        return reverse("banding:exceptional_list")

    def context(self) -> dict[str, Any]:
        can = request_actions(self.found, self.user)
        self.form_is_there = can.may("answer")
        asks = self.user.has_role(*SEND_OFFICER) and self.found.state == RequestState.WAITING
        row = self.found.return_pupil
        return {
            "asked": self.found,
            "band": line_of(row).band if row else self.found.decision.band,  # type: ignore[union-attr]
            "beside": paid_beside(self.found),
            "can": can,
            "why_not": can.why_not("answer") if asks else [],
        }


class ExceptionalAmountEnd(FormPage[ExceptionalRequest]):
    """An agreed amount ends with a day."""

    allowed_roles = SEND_OFFICER
    form_class = EndForm
    template_name = "banding/exceptional_end.html"

    def find(self) -> ExceptionalRequest:
        return get_object_or_404(requests_of(self.user), pk=self.kwargs["pk"])

    def why_closed(self) -> Any:
        return request_actions(self.found, self.user).why_not("end")

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.found.ends_on}

    def act(self, form: EndForm) -> str:
        end_amount(request=self.found, by=self.user, **form.cleaned_data)
        return "The amount ends with that day. The next run adjusts what was paid beyond it."

    def next_url(self) -> str:
        return reverse("banding:exceptional_detail", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        return {"asked": self.found, "parent_url": self.next_url()}
