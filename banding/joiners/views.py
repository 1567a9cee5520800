"""Joiners: told by a school, then matched, placed or refused by an officer (rules.md B6, B7)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.choices import JoinerState
from banding.joiners.forms import FindPupilForm, JoinerForm, PlaceJoinerForm, RefuseJoinerForm
from banding.joiners.selectors import joiners_for_list, pupils_like
from banding.joiners.services import add_joiner, place_joiner, refuse_joiner, withdraw_joiner
from banding.models import Joiner, Return
from banding.returns.finding import find_return, frame, need_role
from banding.returns.locks import ReturnClosedError
from banding.returns.readiness import why_closed
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import ALL_PUPIL_ROLES, SENCO, SEND_OFFICER


class JoinerCreate(PortalView):
    """Tell the authority of a pupil who joined."""

    allowed_roles = SENCO

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        reason = why_closed(pupil_return)
        if reason:
            messages.warning(request, reason)
            return redirect("banding:return_detail", pk)
        return self.page(request, pupil_return, self.form(pupil_return))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        form = self.form(pupil_return, request.POST)
        if not form.is_valid():
            return self.page(request, pupil_return, form)
        try:
            joiner = add_joiner(pupil_return=pupil_return, by=request.user, **form.cleaned_data)
        except (RefusalError, ReturnClosedError) as error:
            form.add_error(None, str(error))
            return self.page(request, pupil_return, form)
        messages.success(request, f"{joiner} is with the authority, to be placed at your school.")
        return redirect("banding:return_detail", pk)

    def found(self, request: HttpRequest, pk: UUID) -> Return:
        pupil_return = find_return(request, pk)
        need_role(request, pupil_return, SENCO)
        return pupil_return

    def form(self, pupil_return: Return, data: Any = None) -> JoinerForm:
        return JoinerForm(data, reference_date=pupil_return.collection.reference_date)

    def page(self, request: HttpRequest, pupil_return: Return, form: JoinerForm) -> HttpResponse:
        context: dict[str, Any] = frame(request, pupil_return) | {"form": form}
        return render(request, "banding/joiner_create.html", context)


class JoinerWithdraw(PortalView):
    allowed_roles = SENCO

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        found = Joiner.objects.visible_to(request.user).select_related("pupil_return")
        joiner = get_object_or_404(found, pk=pk)
        need_role(request, joiner.pupil_return, SENCO)
        try:
            withdraw_joiner(joiner=joiner, by=request.user)
            messages.success(request, f"{joiner} is taken off the return.")
        except RefusalError as error:
            messages.warning(request, str(error))
        return redirect("banding:return_detail", joiner.pupil_return_id)


class JoinerList(PortalView):
    allowed_roles = ALL_PUPIL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(joiners_for_list(request.user), 25).get_page(request.GET.get("page"))
        return render(request, "banding/joiner_list.html", {"page_obj": page})


class JoinerDetail(PortalView):
    """Place a joiner: a known pupil or a new one. A refusal is a button of its own."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = SEND_OFFICER

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        joiner = self.found(request, pk)
        return self.page(request, joiner, self.place_form(request, joiner))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        joiner = self.found(request, pk)
        if "refuse" in request.POST:
            return self.refuse(request, joiner)
        form = self.place_form(request, joiner, request.POST)
        if not form.is_valid():
            return self.page(request, joiner, form)
        try:
            reference = form.cleaned_data["reference"]
            place_joiner(joiner=joiner, pupil=form.pupil, by=request.user, reference=reference)
        except RefusalError as error:
            form.add_error(None, str(error))
            return self.page(request, joiner, form)
        messages.success(request, f"{joiner} is placed at {joiner.pupil_return.school}.")
        return redirect("banding:joiner_list")

    def refuse(self, request: HttpRequest, joiner: Joiner) -> HttpResponse:
        form = RefuseJoinerForm(request.POST)
        try:
            if form.is_valid():
                refuse_joiner(joiner=joiner, by=request.user, note=form.cleaned_data["note"])
                messages.success(request, f"{joiner} is not accepted; the school is told why.")
                return redirect("banding:joiner_list")
        except RefusalError as error:
            form.add_error(None, str(error))
        return self.page(request, joiner, self.place_form(request, joiner), form)

    def found(self, request: HttpRequest, pk: UUID) -> Joiner:
        found = Joiner.objects.visible_to(request.user)
        related = ("pupil_return__school", "pupil_return__collection", "pupil")
        return get_object_or_404(found.select_related(*related), pk=pk)

    def place_form(
        self, request: HttpRequest, joiner: Joiner, data: object = None
    ) -> PlaceJoinerForm:
        candidates = pupils_like(joiner, request.GET.get("q", ""))
        return PlaceJoinerForm(data, joiner=joiner, candidates=candidates)

    def page(
        self,
        request: HttpRequest,
        joiner: Joiner,
        form: PlaceJoinerForm,
        refusal: RefuseJoinerForm | None = None,
    ) -> HttpResponse:
        context = {
            "joiner": joiner,
            "form": refusal if refusal and refusal.errors else form,
            "place_form": form,
            "refuse_form": refusal or RefuseJoinerForm(),
            "find_form": FindPupilForm(request.GET or None),
            "waiting": joiner.state == JoinerState.WAITING,
            "may_place": request.user.has_role(*SEND_OFFICER),
        }
        return render(request, "banding/joiner_detail.html", context)
