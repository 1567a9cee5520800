"""The queue of joiners: match, place or refuse (rules.md B6)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from banding.choices import JoinerState
from banding.forms.office import FindPupilForm, PlaceJoinerForm, RefuseJoinerForm
from banding.models import Joiner
from banding.selectors.joiners import joiners_for_list, pupils_like
from banding.services.joiners import JoinerError, place_joiner, refuse_joiner
from banding.views.finding import OFFICER
from banding_portal.access import PortalView
from schools.choices import ALL_PUPIL_ROLES


class JoinerList(PortalView):
    allowed_roles = ALL_PUPIL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(joiners_for_list(request.user), 25).get_page(request.GET.get("page"))
        return render(request, "banding/joiner_list.html", {"page_obj": page})


class JoinerDetail(PortalView):
    """Place a joiner: a known pupil or a new one. A refusal is a button of its own."""

    allowed_roles = ALL_PUPIL_ROLES
    write_roles = OFFICER

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
        except JoinerError as error:
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
        except JoinerError as error:
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
            "may_place": request.user.has_role(*OFFICER),
        }
        return render(request, "banding/joiner_detail.html", context)
