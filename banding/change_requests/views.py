"""Requests to change a band: a school asks, the authority agrees or not (rules.md B14)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from banding.change_requests.actions import asking_for, asks_about, change_request_actions
from banding.change_requests.forms import (
    ChangeRequestFilterForm,
    ChangeRequestForm,
    RefuseChangeForm,
)
from banding.change_requests.selectors import (
    band_then,
    requests_matching,
    requests_of,
    rows_to_ask_of,
)
from banding.change_requests.services import (
    agree_to_change,
    ask_for_change,
    refuse_change,
    withdraw_change_request,
)
from banding.decisions.forms import initial_of_last
from banding.decisions.selectors import with_levels
from banding.decisions.showing import known_of
from banding.frameworks.selectors import areas_with_levels, rules_of
from banding.models import BandDecision, ChangeRequest, ReturnPupil
from banding.returns.pages import AboutReturnPupil
from banding.returns.progress import line_of
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, SENCO, SEND_OFFICER


class ChangeRequestCreate(AboutReturnPupil, FormPage):
    """Another band, from a day on; the authority decides. Of a school that closed, what it became
    asks (S1).
    """

    allowed_roles = SENCO
    shows_pupils = False
    form_class = ChangeRequestForm
    template_name = "banding/change_request_create.html"

    def find(self) -> ReturnPupil:
        return get_object_or_404(rows_to_ask_of(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if not asks_about(self.found, self.user):
            raise WrongRole(SENCO)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.htmx:
            shown = {"decision_form": self.get_form()}
            return render(self.request, "banding/_suggestion.html", shown)
        return super().post(*args, **kwargs)

    def why_closed(self) -> Any:
        return asking_for(self.found, self.user).why_not("ask")

    @cached_property
    def now(self) -> BandDecision | None:
        """The band that counts today, with its levels."""
        decision = band_then(self.found, timezone.localdate())
        return with_levels([decision.pk])[decision.pk] if decision else None

    def get_initial(self) -> dict[str, Any]:
        start = initial_of_last(self.now) if self.now else {}
        return start | {"effective_from": timezone.localdate()}

    def form_options(self) -> dict[str, Any]:
        framework = self.pupil_return.collection.framework
        areas = areas_with_levels(framework)
        rules = rules_of(framework, areas)
        return {"framework": framework, "areas": areas, "rules": rules, "last": self.now}

    def form_valid(self, form: ChangeRequestForm) -> HttpResponse:
        return self.show(form) if form.only_asks else super().form_valid(form)

    def act(self, form: ChangeRequestForm) -> str:
        ask_for_change(return_pupil=self.found, by=self.user, **form.wish)
        return "The authority has your request. Nothing changes until it answers."

    def next_url(self) -> str:
        if self.pupil_return.is_own(self.user, SENCO):
            return reverse("banding:decision_edit", args=[self.found.pk])
        return reverse("schools:pupil_detail", args=[self.found.pupil_id])

    def back_url(self) -> str:
        return self.next_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = known_of(line_of(self.found), self.user)
        return (
            super().get_context_data(**kwargs)
            | known
            | {
                "decision_form": kwargs.get("form"),
                "now": self.now,
                "suggestion_url": self.request.path,
                "back_url": self.next_url(),
            }
        )


class ChangeRequestWithdraw(ActionPage[ChangeRequest]):
    allowed_roles = SENCO

    def find(self) -> ChangeRequest:
        return get_object_or_404(requests_of(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if not self.found.is_own(self.user, SENCO):
            raise WrongRole(SENCO)

    def act(self) -> str:
        withdraw_change_request(asked=self.found, by=self.user)
        return "The request has been withdrawn."

    def next_url(self) -> str:
        row = self.found.return_pupil
        if row.pupil_return.is_own(self.user, SENCO):
            return reverse("banding:decision_edit", args=[row.pk])
        return reverse("schools:pupil_detail", args=[row.pupil_id])


class ChangeRequestList(ListPage):
    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/change_request_list.html"
    filter_class = ChangeRequestFilterForm
    orders: ClassVar = {
        "pupil": by("return_pupil__pupil__surname", "return_pupil__pupil__forename"),
        "school": by("return_pupil__pupil_return__school__name", "asked_at"),
        "band": by("band__rank", "asked_at"),
        "from": by("effective_from", "asked_at"),
        "asked": by("asked_at"),
        "state": by("state", "asked_at"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[ChangeRequest]:
        return requests_matching(self.user, wanted)


class ChangeRequestDetail(FormPage[ChangeRequest]):
    """What the school asks for beside what counts now; agreed to with one button, or not."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER
    form_class = RefuseChangeForm
    template_name = "banding/change_request_detail.html"

    def find(self) -> ChangeRequest:
        return get_object_or_404(requests_of(self.user), pk=self.kwargs["pk"])

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if "agree" in self.request.POST:
            return self.attempt(self.agree)
        return super().post(*args, **kwargs)

    def agree(self) -> str:
        asked = agree_to_change(asked=self.found, by=self.user)
        pupil = asked.return_pupil.pupil
        return f"{asked.band} is agreed for {pupil}, and the school has been told."

    def act(self, form: RefuseChangeForm) -> str:
        refuse_change(asked=self.found, answer=form.cleaned_data["answer"], by=self.user)
        return "The band stays as it is, and the school has been told why."

    def next_url(self) -> str:
        return reverse("banding:change_request_list")

    def context(self) -> dict[str, Any]:
        row = self.found.return_pupil
        can = change_request_actions(self.found, self.user)
        self.form_is_there = can.may("refuse")
        framework = row.pupil_return.collection.framework
        chosen = [
            (area.name, level)
            for area in areas_with_levels(framework)
            for level in area.levels.all()
            if level.code == self.found.levels.get(area.code)
        ]
        return {
            "asked": self.found,
            "row": row,
            "can": can,
            "chosen": chosen,
            "now": band_then(row, self.found.effective_from, self.found.decision),
            "band_total": framework.bands.count(),
        }
