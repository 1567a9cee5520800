"""Who moves on and to where; who may be coming, and the answer (rules.md S7)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.choices import TransferState
from banding.models import Transfer
from banding.transfers.actions import transfer_actions
from banding.transfers.forms import AnswerForm, NameSchoolForm
from banding.transfers.selectors import MovingOn, arrivals_of, moving_on_from
from banding.transfers.services import (
    answer_transfer,
    name_school,
    problem_of_naming,
    withdraw_transfer,
)
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.lists import NameOrSchoolForm
from banding_portal.pages.sorting import Order, by
from banding_portal.roles import BANDING_SCHOOL_ROLES, SENCO, SEND_OFFICER
from banding_portal.search import called, found_by
from schools.models import Placement, School

NAMING = SENCO | SEND_OFFICER


class TransferList(ListPage):
    """Pupils of one's schools who reach the last year group, and the school named for each."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "banding/transfer_list.html"
    orders: ClassVar = {
        "pupil": Order(key=lambda one: one.pupil.display_name),
        "school": Order(key=lambda one: one.placement.school.name),
        "moves_on": Order(key=lambda one: one.year),
        "goes_to": Order(key=lambda one: one.transfer.to_school.name if one.transfer else ""),
    }
    filter_class = NameOrSchoolForm
    filters_from = 11

    def rows(self, wanted: dict[str, Any]) -> list[MovingOn]:
        found = moving_on_from(self.user.school_ids_as(*BANDING_SCHOOL_ROLES))
        return called(found, wanted.get("q", ""), MovingOn.words)

    def context(self) -> dict[str, Any]:
        several = len(self.user.school_ids_as(*BANDING_SCHOOL_ROLES)) > 1
        return {"several_schools": several, "naming": self.user.school_ids_as(*SENCO)}


class TransferName(FormPage[Placement]):
    """Name the school a pupil goes to: the present school's SENCO, or an officer for the plan."""

    allowed_roles = NAMING
    form_class = NameSchoolForm
    template_name = "banding/transfer_name.html"

    def find(self) -> Placement:
        seen = Placement.objects.visible_to(self.user).select_related("pupil", "school")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        own = self.found.school_id in self.user.school_ids_as(*SENCO)
        if not (own or self.user.has_role(*SEND_OFFICER)):
            raise WrongRole(NAMING)

    def why_closed(self) -> str:
        return problem_of_naming(self.found)

    def form_options(self) -> dict[str, Any]:
        return {"placement": self.found}

    def act(self, form: NameSchoolForm) -> str:
        school = form.cleaned_data["to_school"]
        name_school(placement=self.found, to_school=school, by=self.user)
        return f"{school} has been asked whether {self.found.pupil} is coming."

    def next_url(self) -> str:
        if self.found.school_id in self.user.school_ids_as(*SENCO):
            return reverse("banding:transfer_list")
        return reverse("schools:pupil_detail", args=[self.found.pupil_id])

    def context(self) -> dict[str, Any]:
        return {"placement": self.found, "back": self.next_url()}


class TransferWithdraw(ActionPage[Transfer]):
    allowed_roles = NAMING

    def find(self) -> Transfer:
        seen = Transfer.objects.visible_to(self.user).select_related("pupil", "to_school")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if not transfer_actions(self.found, self.user).get("withdraw"):
            raise WrongRole(NAMING)

    def act(self) -> str:
        said = f"{self.found.to_school} is no longer asked about {self.found}."
        withdraw_transfer(transfer=self.found, by=self.user)
        return said

    def next_url(self) -> str:
        if self.found.from_school_id in self.user.school_ids_as(*SENCO):
            return reverse("banding:transfer_list")
        return reverse("schools:pupil_detail", args=[self.found.pupil_id])


class ArrivalList(ListPage):
    """Who may be coming: name, date of birth and present school, and nothing else (B6)."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "banding/arrival_list.html"
    filter_class = NameOrSchoolForm
    filters_from = 11
    orders: ClassVar = {
        "pupil": by("pupil__surname", "pupil__forename"),
        "born": by("pupil__date_of_birth"),
        "from": by("from_school__name", "pupil__surname"),
        "to": by("to_school__name", "pupil__surname"),
        "when": by("year", "pupil__surname"),
        "your_answer": by("state", "pupil__surname"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Transfer]:
        found = arrivals_of(self.user)
        if text := wanted.get("q"):
            schools = ("pupil__folded", "from_school__folded", "to_school__folded")
            found = found.filter(found_by(text, *schools))
        return found

    def context(self) -> dict[str, Any]:
        return {"several_schools": len(self.user.school_ids_as(*BANDING_SCHOOL_ROLES)) > 1}


class ArrivalAnswer(FormPage[Transfer]):
    allowed_roles = SENCO
    form_class = AnswerForm
    template_name = "banding/arrival_answer.html"

    def find(self) -> Transfer:
        return get_object_or_404(arrivals_of(self.user), pk=self.kwargs["pk"])

    def school_of_page(self) -> School:
        return self.found.to_school

    def prepare(self) -> None:
        super().prepare()
        if self.found.to_school_id not in self.user.school_ids_as(*SENCO):
            raise WrongRole(SENCO)

    def why_closed(self) -> Any:
        return transfer_actions(self.found, self.user).why_not("answer")

    def act(self, form: AnswerForm) -> str:
        coming = form.cleaned_data["coming"] == TransferState.COMING
        note = form.cleaned_data["note"]
        answer_transfer(transfer=self.found, coming=coming, note=note, by=self.user)
        if coming:
            return f"The authority has been asked to place {self.found} at your school."
        return f"{self.found} is not coming to you, and the present school has been told."

    def next_url(self) -> str:
        return reverse("banding:arrival_list")

    def context(self) -> dict[str, Any]:
        return {"transfer": self.found}
