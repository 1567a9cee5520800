"""Joined and left out of a return: what a school has told, and leavers for the officer (B12)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.changes.selectors import answer_of
from banding.leavers.actions import leaver_actions
from banding.leavers.forms import LeaverFilterForm, LeaverForm, RefuseLeaverForm
from banding.leavers.pages import AtSchool
from banding.leavers.selectors import leavers_for_list, next_start, sent_in_saying_so, told_of
from banding.leavers.services import accept_leaver, refuse_leaver, tell_leaver, withdraw_leaver
from banding.models import Leaver
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.lists import NameOrSchoolForm
from banding_portal.pages.sorting import Order, by
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES, SENCO, SEND_OFFICER
from banding_portal.search import called
from banding_portal.words import day
from schools.models import School
from schools.views.showing import ShowsMoneyFirst


class ToldList(ListPage):
    """What a person's schools have told of joiners and leavers, and what became of it."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "banding/told_list.html"
    filter_class = NameOrSchoolForm
    filters_from = 11
    orders: ClassVar = {
        "pupil": Order(key=str),
        "school": Order(key=lambda one: one.school.name),
        "state": Order(key=lambda one: one.get_state_display()),
    }

    def rows(self, wanted: dict[str, Any]) -> list[Any]:
        found = told_of(self.user.school_ids_as(*BANDING_SCHOOL_ROLES))
        return called(found, wanted.get("q", ""), lambda one: f"{one} {one.school}")

    def context(self) -> dict[str, Any]:
        schools = self.user.school_ids_as(*BANDING_SCHOOL_ROLES)
        own = School.objects.filter(pk__in=self.user.school_ids_as(*SENCO)).order_by("name")
        return {"several_schools": len(schools) > 1, "telling": own}


class LeaverTell(AtSchool, FormPage[School]):
    """Tell the authority of a pupil who left, or will."""

    allowed_roles = own_roles = SENCO
    form_class = LeaverForm
    template_name = "banding/leaver_tell.html"

    def form_options(self) -> dict[str, Any]:
        return {"school": self.found}

    def act(self, form: LeaverForm) -> str:
        leaver = tell_leaver(
            school=self.found, by=self.user, replaces=form.replaces, **form.cleaned_data
        )
        return f"The authority has been asked to take {leaver} off your roll."


class LeaverWithdraw(ActionPage[Leaver]):
    allowed_roles = SENCO

    def find(self) -> Leaver:
        found = Leaver.objects.visible_to(self.user).select_related("pupil")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if self.found.school_id not in self.user.school_ids_as(*SENCO):
            raise WrongRole(SENCO)

    def act(self) -> str:
        said = [f"{self.found} is still with you."]
        sent = sent_in_saying_so(self.found)
        for row in withdraw_leaver(leaver=self.found, by=self.user):
            where = row.pupil_return.collection
            said.append(f"In {where} your answer is {answer_of(row)} again.")
        said += [
            f"{row.pupil_return.collection} is submitted and still says that the pupil left. Take "
            "that return back to change it."
            for row in sent
        ]
        return " ".join(said)

    def next_url(self) -> str:
        return reverse("banding:told_list")


class LeaverList(ListPage):
    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/leaver_list.html"
    filter_class = LeaverFilterForm
    orders: ClassVar = {
        "pupil": by("pupil__surname", "pupil__forename"),
        "school": by("school__name", "pupil__surname"),
        "last_day": by("left_on", "pupil__surname"),
        "state": by("state", "pupil__surname"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Leaver]:
        return leavers_for_list(self.user, wanted)


class LeaverDetail(ShowsMoneyFirst[Leaver]):
    """Take a leaver off the roll with one button, or say why not."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER
    form_class = RefuseLeaverForm
    template_name = "banding/leaver_detail.html"

    def find(self) -> Leaver:
        found = Leaver.objects.visible_to(self.user).select_related("school", "pupil", "told_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def accepts(self) -> bool:
        return "accept" in self.request.POST

    def get_form_class(self) -> Any:
        return Form if self.accepts else RefuseLeaverForm

    def try_out(self, form: Any) -> list[str]:
        return super().try_out(form) if self.accepts else []

    def make(self, form: Any) -> None:
        accept_leaver(leaver=self.found, by=self.user)

    def form_refused(self, form: Any, refusal: RefusalError) -> HttpResponse:
        return self.refused(refusal) if self.accepts else super().form_refused(form, refusal)

    def act(self, form: Any) -> str:
        if self.accepts:
            self.make(form)
            again = next_start(self.found)
            planned = f" A placement there is planned from {day(again)}." if again else ""
            return f"{self.found} is off the roll of {self.found.school}.{planned}"
        refuse_leaver(leaver=self.found, by=self.user, note=form.cleaned_data["note"])
        return f"{self.found} stays on the roll, and the school has been told why."

    def next_url(self) -> str:
        return reverse("banding:leaver_list")

    def context(self) -> dict[str, Any]:
        can = leaver_actions(self.found, self.user)
        self.form_is_there = can.may("refuse")
        placed = self.found.pupil.placements.select_related("school")
        return {
            "leaver": self.found,
            "can": can,
            "placements": placed,
            "parent_url": reverse("banding:leaver_detail", args=[self.found.pk]),
        }
