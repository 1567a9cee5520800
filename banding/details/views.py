"""Details that schools say are wrong: the officers' list, and one of them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding.details.actions import detail_actions
from banding.details.forms import DetailFilterForm, RefuseDetailsForm
from banding.details.selectors import details_for_list
from banding.details.services import accept_details, refuse_details, withdraw_details
from banding.models import DetailCorrection
from banding_portal.access import WrongRole
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import ALL_PUPIL_ROLES, BANDING_SCHOOL_ROLES, SENCO, SEND_OFFICER


class DetailsList(ListPage):
    allowed_roles = ALL_PUPIL_ROLES
    template_name = "banding/details_list.html"
    filter_class = DetailFilterForm
    orders: ClassVar = {
        "pupil": by("pupil__surname", "pupil__forename"),
        "school": by("school__name", "pupil__surname"),
        "asked": by("asked_at"),
        "state": by("state", "pupil__surname"),
    }

    def filter_options(self) -> dict[str, Any]:
        return {"user": self.user}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[DetailCorrection]:
        return details_for_list(self.user, wanted)


class AboutDetails(About[DetailCorrection], abstract=True):
    def find(self) -> DetailCorrection:
        found = DetailCorrection.objects.visible_to(self.user)
        related = found.select_related("school", "pupil", "asked_by")
        return get_object_or_404(related, pk=self.kwargs["pk"])


class DetailsDetail(AboutDetails, FormPage[DetailCorrection]):
    """Correct the pupil with one button, or say why not; the school follows it here."""

    allowed_roles = ALL_PUPIL_ROLES | BANDING_SCHOOL_ROLES
    write_roles = SEND_OFFICER
    form_class = RefuseDetailsForm
    template_name = "banding/details_detail.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if "accept" in self.request.POST:
            return self.attempt(self.accept)
        return super().post(*args, **kwargs)

    def accept(self) -> str:
        accept_details(asked=self.found, by=self.user)
        return "The pupil’s details are corrected, and the school has been told."

    def act(self, form: RefuseDetailsForm) -> str:
        refuse_details(asked=self.found, by=self.user, note=form.cleaned_data["note"])
        return f"The details of {self.found} stay as they are. The school has been told why."

    def next_url(self) -> str:
        return reverse("banding:details_list")

    def context(self) -> dict[str, Any]:
        can = detail_actions(self.found, self.user)
        self.form_is_there = can.may("refuse")
        is_office = bool(self.user.roles & ALL_PUPIL_ROLES)
        up = reverse("banding:details_list" if is_office else "home")
        return {"asked": self.found, "can": can, "up": up}


class DetailsWithdraw(AboutDetails, ActionPage[DetailCorrection]):
    allowed_roles = SENCO

    def prepare(self) -> None:
        super().prepare()
        if self.found.school_id not in self.user.school_ids_as(*SENCO):
            raise WrongRole(SENCO)

    def act(self) -> str:
        said = f"The authority is no longer asked to correct the details of {self.found}."
        withdraw_details(asked=self.found, by=self.user)
        return said

    def next_url(self) -> str:
        return reverse("home")
