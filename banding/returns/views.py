"""The returns of a school: list, task list, check answers, submit; and what the authority does
with one: accept, give more time, send back (rules.md B7).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from banding.choices import OPEN_STATES, PupilChange
from banding.collections.selectors import returns_for_list
from banding.joiners.selectors import joiners_off_the_list, joiners_waiting_on
from banding.models import Joiner, Return
from banding.returns.finding import find_read, find_return, frame, holds, need_role, sees_pupils
from banding.returns.forms import DeclarationForm, ExtensionForm, SendBackForm
from banding.returns.progress import progress_of_return
from banding.returns.readiness import problems_to_submit, why_closed
from banding.returns.services import (
    AlreadySubmittedError,
    accept_return,
    extend_deadline,
    return_for_correction,
    submit_return,
)
from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    COLLECTION_FOLLOWERS,
    COLLECTION_RUNNERS,
    RETURN_READERS,
    SENCO,
    SEND_OFFICER,
    Role,
)


class ReturnList(PortalView):
    """A school's returns, or those of all schools somebody looks after."""

    allowed_roles = BANDING_SCHOOL_ROLES | {Role.INCLUSION_PARTNER}

    def get(self, request: HttpRequest) -> HttpResponse:
        schools = request.user.school_ids_as(*self.allowed_roles)
        own = Return.objects.visible_to(request.user).filter(school__in=schools)
        page = Paginator(returns_for_list(own), 25).get_page(request.GET.get("page"))
        return render(
            request,
            "banding/return_list.html",
            {"page_obj": page, "several_schools": len(schools) > 1},
        )


class ReturnDetail(PortalView):
    """The task list of a return; the authority's people see how far it is and what they may do."""

    allowed_roles = BANDING_SCHOOL_ROLES | COLLECTION_FOLLOWERS | {Role.INCLUSION_PARTNER}

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = find_return(request, pk)
        progress = progress_of_return(pupil_return)
        joiners = list(Joiner.objects.filter(pupil_return=pupil_return).select_related("pupil"))
        on_it = {line.row.pupil_id for line in progress.lines}
        user = request.user
        is_senco = holds(user, pupil_return, SENCO)
        context = frame(request, pupil_return) | {
            "progress": progress,
            "why_closed": why_closed(pupil_return),
            "why_not": problems_to_submit(pupil_return, progress),
            "sees_pupils": sees_pupils(user, pupil_return),
            "may_edit": is_senco and pupil_return.is_open,
            "may_submit": holds(user, pupil_return, BANDING_SCHOOL_ROLES),
            "joiners": joiners,
            "off_the_list": joiners_off_the_list(joiners, on_it),
            "still_owed": pupil_return.state in OPEN_STATES,
            "no_band": [x for x in progress.lines if x.row.change == PupilChange.NO_BAND],
            "staying_on": [x for x in progress.lines if x.row.change == PupilChange.STAYING_ON],
        }
        return render(request, "banding/return_detail.html", context | office(request))


def office(request: HttpRequest) -> dict[str, Any]:
    """What the authority may do with a return, and the forms for it."""
    user = request.user
    return {
        "is_officer": user.has_role(*SEND_OFFICER),
        "runs_collections": user.has_role(*COLLECTION_RUNNERS),
        "extension_form": ExtensionForm(),
        "send_back_form": SendBackForm(),
    }


class ReturnCheck(PortalView):
    """Every answer once more, with links to change them."""

    allowed_roles = RETURN_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = find_read(request, pk)
        progress = progress_of_return(pupil_return)
        context = frame(request, pupil_return) | {
            "progress": progress,
            "why_not": problems_to_submit(pupil_return, progress),
            "jumps": [line for line in progress.lines if line.big_jump],
            "joiners": Joiner.objects.filter(pupil_return=pupil_return),
            "may_edit": holds(request.user, pupil_return, SENCO) and pupil_return.is_open,
            "may_submit": holds(request.user, pupil_return, BANDING_SCHOOL_ROLES),
        }
        return render(request, "banding/return_check.html", context)


class ReturnSubmit(PortalView):
    """The declaration. What cannot be submitted says why on the check page."""

    allowed_roles = BANDING_SCHOOL_ROLES

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        if problems_to_submit(pupil_return, progress_of_return(pupil_return)):
            return redirect("banding:return_check", pk)
        return self.page(request, pupil_return, DeclarationForm(person=request.user))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = self.found(request, pk)
        form = DeclarationForm(request.POST, person=request.user)
        if not form.is_valid():
            return self.page(request, pupil_return, form)
        try:
            submit_return(
                pupil_return=pupil_return, by=request.user, declared_name=request.user.name
            )
        except AlreadySubmittedError:
            return redirect("banding:return_submitted", pk)
        except RefusalError as error:
            form.add_error(None, str(error))
            return self.page(request, pupil_return, form)
        return redirect("banding:return_submitted", pk)

    def found(self, request: HttpRequest, pk: UUID) -> Return:
        pupil_return = find_return(request, pk)
        need_role(request, pupil_return, BANDING_SCHOOL_ROLES)
        return pupil_return

    def page(
        self, request: HttpRequest, pupil_return: Return, form: DeclarationForm
    ) -> HttpResponse:
        context = frame(request, pupil_return) | {
            "form": form,
            "off_the_list": joiners_waiting_on(pupil_return),
        }
        return render(request, "banding/return_submit.html", context)


class ReturnSubmitted(PortalView):
    """The confirmation, to keep or print."""

    allowed_roles = RETURN_READERS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = find_read(request, pk)
        if pupil_return.state in OPEN_STATES:
            messages.info(request, "This return has not been submitted.")
            return redirect("banding:return_detail", pk)
        context = frame(request, pupil_return) | {
            "progress": progress_of_return(pupil_return),
            "off_the_list": joiners_waiting_on(pupil_return),
        }
        return render(request, "banding/return_submitted.html", context)


class ReturnAccept(PortalView):
    allowed_roles = SEND_OFFICER

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return = find_return(request, pk)
        try:
            accept_return(pupil_return=pupil_return, by=request.user)
            messages.success(request, f"The return of {pupil_return.school} is accepted.")
        except RefusalError as error:
            messages.warning(request, str(error))
        return redirect("banding:return_detail", pk)


class ReturnAction(PortalView, abstract=True):
    """A page with one small form about a return."""

    template_name: str
    form_class: type

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.page(request, find_return(request, pk), self.form_class())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        pupil_return, form = find_return(request, pk), self.form_class(request.POST)
        try:
            if form.is_valid():
                messages.success(request, self.act(request, pupil_return, form.cleaned_data))
                return redirect("banding:return_detail", pk)
        except RefusalError as error:
            form.add_error(None, str(error))
        return self.page(request, pupil_return, form)

    def act(self, request: HttpRequest, pupil_return: Return, given: dict[str, Any]) -> str:
        raise NotImplementedError

    def page(self, request: HttpRequest, pupil_return: Return, form: Any) -> HttpResponse:
        return render(request, self.template_name, frame(request, pupil_return) | {"form": form})


class ReturnExtend(ReturnAction):
    allowed_roles = COLLECTION_RUNNERS
    template_name = "banding/return_extend.html"
    form_class = ExtensionForm

    def act(self, request: HttpRequest, pupil_return: Return, given: dict[str, Any]) -> str:
        extend_deadline(pupil_return=pupil_return, until=given["until"], by=request.user)
        return f"{pupil_return.school} has more time."


class ReturnSendBack(ReturnAction):
    allowed_roles = SEND_OFFICER
    template_name = "banding/return_send_back.html"
    form_class = SendBackForm

    def act(self, request: HttpRequest, pupil_return: Return, given: dict[str, Any]) -> str:
        return_for_correction(
            pupil_return=pupil_return,
            by=request.user,
            reason=given["reason"],
            until=given["correct_by"],
        )
        return f"The return is back with {pupil_return.school}."
