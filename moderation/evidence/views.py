"""Evidence: asked for on a case, answered on the school's own page (rules.md M5)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import WrongRole
from banding_portal.documents.choices import DocumentState
from banding_portal.documents.views import DocumentDownload
from banding_portal.pages import ActionPage, FormPage, ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    JUDGES,
    MODERATION_OVERSIGHT,
    MODERATION_READERS,
    SENCO,
)
from banding_portal.words import day
from moderation.actions.cases import case_actions
from moderation.choices import EvidenceState
from moderation.evidence.actions import evidence_actions
from moderation.evidence.forms import (
    OVERDUE,
    AnswerForm,
    AskForm,
    EvidenceFilterForm,
    EvidenceForm,
    WithdrawRequestForm,
)
from moderation.evidence.models import EvidenceDocument, EvidenceRequest
from moderation.evidence.rules import USUAL_DAYS
from moderation.evidence.selectors import RELATED, requests_to
from moderation.evidence.services import (
    add_evidence,
    answer_request,
    ask_for_evidence,
    remove_evidence,
    withdraw_request,
)
from moderation.models import Case
from moderation.selectors.sight import Stage, stage_of
from moderation.views.finding import AboutCase, case_url
from schools.models import School


class CaseAskEvidence(AboutCase, FormPage[Case]):
    """What is wanted, why, and in how many working days."""

    allowed_roles = JUDGES
    sends_once = True
    form_class = AskForm
    template_name = "moderation/case_ask_evidence.html"

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("ask_evidence")

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "usual": USUAL_DAYS}

    def act(self, form: AskForm) -> str:
        asked = ask_for_evidence(case=self.found, by=self.user, **form.cleaned_data)
        return f"Asked. The school has until {day(asked.due_on)} to answer."


class EvidenceList(ListPage[None]):
    """What a school is asked for, what is still to be answered first."""

    allowed_roles = BANDING_SCHOOL_ROLES
    template_name = "moderation/evidence_list.html"
    orders: ClassVar = {
        "pupil": by("case__decision__pupil__surname", "case__decision__pupil__forename"),
        "collection": by("case__decision__collection__name", "due_on"),
        "asked": by("asked_at"),
        "due": by("due_on"),
        "state": by("state", "due_on"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[EvidenceRequest]:
        return requests_to(self.user).order_by("answered_at", "-state", "due_on")


class AboutRequest(FormPage[EvidenceRequest], abstract=True):
    """A request to one of the person's own schools."""

    def find(self) -> EvidenceRequest:
        return get_object_or_404(requests_to(self.user), pk=self.kwargs["pk"])

    def school_of_page(self) -> School | None:
        return self.found.case.decision.school

    def next_url(self) -> str:
        return reverse("moderation:evidence_detail", args=[self.found.pk])


def refuse_other_roles(asked: EvidenceRequest, user: Any) -> None:
    """The school's own SENCO answers, not who is one elsewhere."""
    if evidence_actions(asked, user).get("answer") is None:
        raise WrongRole(SENCO)


class EvidenceOverview(ListPage[None]):
    """What the authority has asked schools for, on the cases of whoever looks; no bands."""

    allowed_roles = MODERATION_READERS
    template_name = "moderation/evidence_overview.html"
    filter_class = EvidenceFilterForm
    orders: ClassVar = {
        "case": by("case__reference"),
        "school": by("case__decision__school__name", "due_on"),
        "asked": by("asked_at"),
        "due": by("due_on"),
        "documents": by("document_count", "due_on"),
        "state": by("state", "due_on"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[EvidenceRequest]:
        asked = EvidenceRequest.objects.on_cases_of(self.user).select_related(*RELATED)
        if not self.user.has_role(*MODERATION_OVERSIGHT):
            asked = asked.filter(case__in=Case.objects.given_to(self.user))
        standing = Q(documents__state__in=(DocumentState.HELD, DocumentState.READY))
        asked = asked.annotate(document_count=Count("documents", filter=standing))
        if wanted.get("state") == OVERDUE:
            asked = asked.filter(state=EvidenceState.ASKED, due_on__lt=timezone.localdate())
        elif wanted.get("state"):
            asked = asked.filter(state=wanted["state"])
        return asked.order_by("answered_at", "-state", "due_on")


class EvidenceDetail(AboutRequest):
    """What is asked for, the documents so far, and one more to add."""

    allowed_roles = BANDING_SCHOOL_ROLES
    sends_once = True
    write_roles = SENCO
    form_class = EvidenceForm
    template_name = "moderation/evidence_detail.html"

    def prepare(self) -> None:
        super().prepare()
        if not self.is_reading:
            refuse_other_roles(self.found, self.user)

    def act(self, form: EvidenceForm) -> str:
        file = form.cleaned_data["file"]
        document = add_evidence(
            asked=self.found,
            about=form.cleaned_data["about"],
            filename=file.name,
            content=file.read(),
            by=self.user,
        )
        held = "" if document.is_readable else " It waits for the virus scan; you can go on."
        return f"Added: {document.about}.{held}"

    def context(self) -> dict[str, Any]:
        can = evidence_actions(self.found, self.user)
        self.form_is_there = can.may("add")
        return {
            "asked": self.found,
            "pupil": self.found.case.decision.pupil,
            "documents": list(self.found.documents.all()),
            "can": can,
        }


class EvidenceAnswer(AboutRequest):
    """The answer is checked once more, then sent for good."""

    allowed_roles = SENCO
    form_class = AnswerForm
    template_name = "moderation/evidence_answer.html"

    def prepare(self) -> None:
        super().prepare()
        refuse_other_roles(self.found, self.user)

    def why_closed(self) -> str | Sequence[str]:
        return evidence_actions(self.found, self.user).why_not("answer")

    def form_options(self) -> dict[str, Any]:
        return {"has_documents": self.found.documents.exists()}

    def act(self, form: AnswerForm) -> str:
        answer_request(asked=self.found, by=self.user, **form.answer)
        return "Sent. Those who moderate the case can read your answer now."

    def context(self) -> dict[str, Any]:
        pupil = self.found.case.decision.pupil
        documents = list(self.found.documents.all())
        return {"asked": self.found, "pupil": pupil, "documents": documents}


class EvidenceWithdraw(FormPage[EvidenceRequest]):
    """Those on the case take the request back."""

    allowed_roles = JUDGES
    form_class = WithdrawRequestForm
    template_name = "moderation/evidence_withdraw.html"

    def find(self) -> EvidenceRequest:
        found = EvidenceRequest.objects.on_cases_of(self.user).select_related("case__decision")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def why_closed(self) -> str | Sequence[str]:
        return evidence_actions(self.found, self.user).why_not("withdraw")

    def act(self, form: WithdrawRequestForm) -> str:
        withdraw_request(asked=self.found, because=form.cleaned_data["because"], by=self.user)
        return "Withdrawn. The school is told that nothing is needed."

    def next_url(self) -> str:
        return case_url(self.found.case)

    def context(self) -> dict[str, Any]:
        return {"asked": self.found, "case": self.found.case}


class EvidenceFile(DocumentDownload):
    """A document, for the school that sent it and, once it has answered, those on the case."""

    allowed_roles = BANDING_SCHOOL_ROLES | JUDGES

    def find(self) -> EvidenceDocument:
        found = EvidenceDocument.objects.visible_to(self.user).select_related("request__case")
        document: EvidenceDocument = get_object_or_404(found, pk=self.kwargs["pk"])
        asked = document.request
        if requests_to(self.user).filter(pk=asked.pk).exists():
            return document
        answered = asked.state == EvidenceState.ANSWERED
        if not answered or stage_of(asked.case, self.user) != Stage.COMPARING:
            raise Http404
        return document


class EvidenceRemove(ActionPage[EvidenceDocument]):
    allowed_roles = SENCO

    def find(self) -> EvidenceDocument:
        own = EvidenceDocument.objects.filter(request__in=requests_to(self.user))
        return get_object_or_404(own.select_related("request"), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        refuse_other_roles(self.found.request, self.user)

    def act(self) -> str:
        remove_evidence(document=self.found, by=self.user)
        return f"Taken away: {self.found.about}."

    def next_url(self) -> str:
        return reverse("moderation:evidence_detail", args=[self.found.request_id])
