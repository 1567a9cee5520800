"""Joiners: told by a school, then matched, placed or refused by an officer (rules.md B6, B7)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.joiners.actions import joiner_actions
from banding.joiners.forms import (
    FindPupilForm,
    JoinerFilterForm,
    JoinerForm,
    PlaceJoinerForm,
    RefuseJoinerForm,
)
from banding.joiners.selectors import alike_on_return, candidates_for_joiner, joiners_for_list
from banding.joiners.services import (
    ToldBeforeError,
    add_joiner,
    place_joiner,
    refuse_joiner,
    tell_joiner,
    withdraw_joiner,
)
from banding.leavers.pages import AtSchool
from banding.models import Joiner
from banding.returns.pages import AboutReturn
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, SENCO, SEND_OFFICER
from schools.services.following import hearing
from schools.views.showing import ShowsMoneyFirst


class LeadsToReported(FormPage[Any], abstract=True):
    """Leads to what was reported before where this may be the same once more."""

    was_told = False

    def form_refused(self, form: Any, refusal: RefusalError) -> HttpResponse:
        self.was_told = isinstance(refusal, ToldBeforeError)
        return super().form_refused(form, refusal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, was_told=self.was_told)


class JoinerCreate(AboutReturn, LeadsToReported):
    """Tell the authority of a pupil who joined."""

    allowed_roles = own_roles = SENCO
    form_class = JoinerForm
    template_name = "banding/joiner_create.html"

    def why_closed(self) -> str:
        return self.pupil_return.why_closed_to_joiners

    def form_options(self) -> dict[str, Any]:
        return {"school": self.pupil_return.school, "pupil_return": self.pupil_return}

    def act(self, form: JoinerForm) -> str:
        joiner = add_joiner(pupil_return=self.pupil_return, by=self.user, **form.cleaned_data)
        said = f"The authority has been asked to place {joiner} at your school."
        return " ".join([said, *alike_on_return(joiner)])


class JoinerTell(AtSchool, LeadsToReported):
    """The same out of a return, at any time of the year."""

    allowed_roles = own_roles = SENCO
    form_class = JoinerForm
    template_name = "banding/joiner_tell.html"

    def form_options(self) -> dict[str, Any]:
        return {"school": self.found}

    def act(self, form: JoinerForm) -> str:
        joiner = tell_joiner(school=self.found, by=self.user, **form.cleaned_data)
        return f"The authority has been asked to place {joiner} at your school."


class JoinerWithdraw(ActionPage[Joiner]):
    allowed_roles = SENCO

    def find(self) -> Joiner:
        found = Joiner.objects.visible_to(self.user).select_related("pupil_return")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if self.found.school_id not in self.user.school_ids_as(*SENCO):
            raise WrongRole(SENCO)

    def act(self) -> str:
        said = f"Your report of {self.found} has been withdrawn."
        withdraw_joiner(joiner=self.found, by=self.user)
        return said

    def next_url(self) -> str:
        if self.found.pupil_return_id:
            return reverse("banding:return_detail", args=[self.found.pupil_return_id])
        return reverse("banding:told_list")


class JoinerList(ListPage):
    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/joiner_list.html"
    filter_class = JoinerFilterForm
    orders: ClassVar = {
        "pupil": by("surname", "forename"),
        "born": by("date_of_birth", "surname"),
        "school": by("school__name", "surname"),
        "joined": by("joined_on", "surname"),
        "plan": by("plan_type", "surname"),
        "reported_in": by("pupil_return__collection__name", "surname"),
        "state": by("state", "surname"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Joiner]:
        return joiners_for_list(self.user, wanted)


class JoinerDetail(ShowsMoneyFirst[Joiner]):
    """Place a joiner: a known pupil or a new one. A refusal is a button of its own."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER
    form_class = PlaceJoinerForm
    template_name = "banding/joiner_detail.html"
    refusal: RefuseJoinerForm | None = None

    @classmethod
    def typed_forms(cls) -> tuple[type[Form], ...]:
        return (PlaceJoinerForm, RefuseJoinerForm)

    def find(self) -> Joiner:
        related = ("school", "pupil_return__collection", "pupil")
        found = Joiner.objects.visible_to(self.user).select_related(*related)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def form_options(self) -> dict[str, Any]:
        candidates = candidates_for_joiner(self.found, self.request.GET.get("q", ""))
        return {"joiner": self.found, "candidates": candidates}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.refuse() if "refuse" in self.request.POST else super().post(*args, **kwargs)

    def make(self, form: PlaceJoinerForm) -> None:
        place_joiner(
            joiner=self.found,
            pupil=form.pupil,
            by=self.user,
            reference=form.cleaned_data["reference"],
            apart_from=form.told_apart,
        )

    def act(self, form: PlaceJoinerForm) -> str:
        with hearing() as heard:
            self.make(form)
        return " ".join([f"{self.found} is placed at {self.found.school}.", *heard])

    def refuse(self) -> HttpResponse:
        self.refusal = form = RefuseJoinerForm(self.request.POST)
        try:
            if form.is_valid():
                refuse_joiner(joiner=self.found, by=self.user, note=form.cleaned_data["note"])
                return self.done(f"{self.found} is not accepted, and the school has been told why.")
        except RefusalError as refusal:
            refusal.add_to(form)
        return self.show(PlaceJoinerForm(**self.form_options()))

    def next_url(self) -> str:
        return reverse("banding:joiner_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, refusal = kwargs["form"], self.refusal
        refuse_form = refusal or self.refilled(RefuseJoinerForm())
        can = joiner_actions(self.found, self.user)
        self.form_is_there = can.may("place")
        own = {
            "joiner": self.found,
            "can": can,
            "place_form": form,
            "refuse_form": refuse_form,
            "refusing": refuse_form.is_bound or bool(refuse_form.initial.get("note")),
            "parent_url": reverse("banding:joiner_detail", args=[self.found.pk]),
            "find_form": FindPupilForm(self.request.GET or None),
        }
        shown = refusal if refusal and refusal.errors else form
        return super().get_context_data(**kwargs | {"form": shown}) | own
