"""Who looked at whom: for auditors all of it, for a school its own pupils."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import PortalRequest, PortalView
from banding_portal.pages import FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import AUDITOR, EVERYONE, LOOK_READERS
from schools.looks.actions import unusual_day_actions
from schools.looks.forms import AnswerForm, LookFilterForm, UnusualFilterForm
from schools.looks.selectors import looks_at, looks_matching, named_in, readers, unusual_days
from schools.looks.services import answer_unusual_day, keep_print
from schools.models import Look, Pupil, School, UnusualDay
from schools.selectors.pupils import placements_of


class LookList(ListPage[None]):
    """Every page and file that named pupils, and who read it, the latest first."""

    allowed_roles = AUDITOR
    template_name = "schools/look_list.html"
    filter_class = LookFilterForm
    usual = "-when"
    orders: ClassVar = {"who": by("user__name", "-at"), "when": by("at")}

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Look]:
        return looks_matching(wanted)

    def context(self) -> dict[str, Any]:
        pupils = named_in(self.page_obj)
        for look in self.page_obj:
            look.pupil = pupils.get(look.pupils[0])
        return {}


class LookDetail(ListPage[Look]):
    """The pupils whom one page or file named."""

    allowed_roles = AUDITOR
    template_name = "schools/look_detail.html"
    usual = "pupil"
    orders: ClassVar = {"pupil": by("surname", "forename"), "reference": by("reference")}

    def find(self) -> Look:
        return get_object_or_404(Look.objects.select_related("user"), pk=self.kwargs["pk"])

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Pupil]:
        return Pupil.everything.filter(pk__in=self.found.pupils)

    def context(self) -> dict[str, Any]:
        return {"look": self.found}


class PupilLooks(ListPage[Pupil]):
    """Who looked at one pupil. A school reads names of its own people alone."""

    allowed_roles = LOOK_READERS
    template_name = "schools/pupil_looks.html"
    usual = "-when"
    orders: ClassVar = {
        "how": by("how", "-at"),
        "page": by("what", "-at"),
        "when": by("at"),
    }

    def find(self) -> Pupil:
        return get_object_or_404(Pupil.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def school_of_page(self) -> School | None:
        """The person’s own school that the pupil is or was at."""
        own = placements_of(self.found, self.request.user)
        return own[-1].school if own else None

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Look]:
        return looks_at(self.found, self.request.user)

    def context(self) -> dict[str, Any]:
        told = readers(self.page_obj, self.request.user)
        for look in self.page_obj:
            look.who = told[look.user_id]
        return {"pupil": self.found}


class LookPrinted(PortalView):
    """Told by the page itself when somebody prints it."""

    allowed_roles = EVERYONE

    def post(self, request: PortalRequest) -> HttpResponse:
        try:
            look = UUID(request.POST.get("look", ""))
        except ValueError:
            return HttpResponse(status=400)
        keep_print(look=look, by=request.user)
        return HttpResponse(status=204)


class UnusualList(ListPage[None]):
    """Days on which somebody saw far more pupils than usual."""

    allowed_roles = AUDITOR
    template_name = "schools/unusual_list.html"
    filter_class = UnusualFilterForm
    usual = "-day"
    orders: ClassVar = {
        "who": by("user__name", "-day"),
        "day": by("day", "-pupils"),
        "pupils": by("pupils", "-day"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[UnusualDay]:
        found = unusual_days()
        if state := wanted.get("state"):
            found = found.filter(answered_by__isnull=state == "open")
        return found

    def context(self) -> dict[str, Any]:
        return {"least": settings.LOOKS_UNUSUAL_FROM}


class UnusualAnswer(FormPage[UnusualDay]):
    """One such day, and what an auditor found out about it."""

    allowed_roles = AUDITOR
    template_name = "schools/unusual_day.html"
    form_class = AnswerForm

    def find(self) -> UnusualDay:
        return get_object_or_404(unusual_days(), pk=self.kwargs["pk"])

    def why_closed(self) -> Any:
        return unusual_day_actions(self.found, self.user).why_not("answer")

    def act(self, form: AnswerForm) -> str:
        answer_unusual_day(found=self.found, answer=form.cleaned_data["answer"], by=self.user)
        return "Saved."

    def next_url(self) -> str:
        return reverse("schools:unusual_list")

    def context(self) -> dict[str, Any]:
        looks = f"{reverse('schools:look_list')}?q={self.found.user.email}"
        day = self.found.day
        for side in ("start", "end"):
            looks += f"&{side}_0={day.day}&{side}_1={day.month}&{side}_2={day.year}"
        return {"found": self.found, "looks": looks}
