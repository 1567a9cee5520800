"""Giving what a plan says, and documents with it, to those who judge (M4)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import WrongRole
from banding_portal.actions import actions_for
from banding_portal.documents.views import DocumentDownload
from banding_portal.pages import ActionPage, FormPage
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    JUDGES,
    MODERATION_LEAD,
    SENCO,
    SEND_OFFICER,
)
from moderation.actions.cases import case_actions
from moderation.models import Case, CasePlan, PlanDocument
from moderation.plans.actions import actions_on_plan, given_with, school_that_gives
from moderation.plans.forms import DocumentForm, PlanForm
from moderation.plans.services import give_document, give_plan, take_document_away
from moderation.selectors.blind import BlindCase, plan_reference
from moderation.selectors.sight import Stage, stage_of
from moderation.views.finding import blind_or_404, case_url
from schools.models import Pupil, School

GIVERS = SENCO | SEND_OFFICER


class CasePlanGive(FormPage[BlindCase]):
    allowed_roles = MODERATION_LEAD
    form_class = PlanForm
    template_name = "moderation/case_plan.html"

    def find(self) -> BlindCase:
        return blind_or_404(Case.objects.visible_to(self.user), self.kwargs["pk"])

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("give_plan")

    def get_initial(self) -> dict[str, Any]:
        plan = CasePlan.objects.filter(case=self.found.pk).first()
        return {"needs": plan.needs, "provision": plan.provision} if plan else {}

    def context(self) -> dict[str, Any]:
        return {"case": self.found, "plan_reference": plan_reference(self.found)}

    def act(self, form: PlanForm) -> str:
        given = give_plan(case=Case(pk=self.found.pk), by=self.user, **form.texts())
        if given is None:
            return "Nothing of the plan is shown to those who judge."
        return "Saved. Those who judge the case read it beside the descriptors."

    def next_url(self) -> str:
        return case_url(self.found)


class PlanDocuments(FormPage[Pupil]):
    """Documents with the plan of a pupil, given by the school or an officer."""

    allowed_roles = GIVERS
    sends_once = True
    form_class = DocumentForm
    template_name = "moderation/plan_documents.html"

    def find(self) -> Pupil:
        return get_object_or_404(Pupil.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def prepare(self) -> None:
        super().prepare()
        if actions_on_plan(self.found, self.user).get("give") is None:
            raise WrongRole(GIVERS)

    def school_of_page(self) -> School | None:
        return school_that_gives(self.found, self.user)

    def context(self) -> dict[str, Any]:
        given = given_with(self.found, self.user).select_related("school", "sent_by")
        documents = list(given)
        can = actions_on_plan(self.found, self.user, len(documents))
        self.form_is_there = can.may("give")
        for document in documents:
            document.can = actions_for(document, self.user)  # type: ignore[attr-defined]
        return {"pupil": self.found, "documents": documents, "can": can}

    def act(self, form: DocumentForm) -> str:
        file = form.cleaned_data["file"]
        document = give_document(
            pupil=self.found,
            about=form.cleaned_data["about"],
            filename=file.name,
            content=file.read(),
            looked=form.cleaned_data["looked"],
            by=self.user,
        )
        return " ".join([f"Given: {document.about}.", *told_of(document)])

    def next_url(self) -> str:
        return reverse("moderation:plan_documents", args=[self.found.pk])


def told_of(document: PlanDocument) -> Iterator[str]:
    if not document.words_read:
        yield "The portal could not read its words, so nobody but you has looked for a band."
    if document.was_not_scanned:
        yield "It was not scanned for viruses, for your authority has set up no scanner."
    elif not document.is_readable:
        yield "It waits for the virus scan; you can go on."


class PlanFile(DocumentDownload):
    """For who gave it, officers, and who judges or compares a case about the pupil (M4)."""

    allowed_roles = BANDING_SCHOOL_ROLES | SEND_OFFICER | JUDGES

    def find(self) -> PlanDocument:
        seen = PlanDocument.objects.visible_to(self.user)
        document: PlanDocument = get_object_or_404(seen, pk=self.kwargs["pk"])
        own = document.is_of(self.user.school_ids_as(*BANDING_SCHOOL_ROLES))
        if own or self.user.has_role(*SEND_OFFICER) or self.is_on_a_case(document):
            return document
        raise Http404

    def is_on_a_case(self, document: PlanDocument) -> bool:
        cases = Case.objects.visible_to(self.user).filter(decision__pupil=document.pupil_id)
        return any(self.reads_with(case) for case in cases.select_related("decision"))

    def reads_with(self, case: Case) -> bool:
        stage = stage_of(case, self.user)
        judges = stage == Stage.JUDGING and case_actions(case, self.user).may("judge")
        return judges or stage == Stage.COMPARING


class PlanDocumentRemove(ActionPage[PlanDocument]):
    allowed_roles = GIVERS

    def find(self) -> PlanDocument:
        given: QuerySet[PlanDocument] = PlanDocument.objects.all()
        if not self.user.has_role(*SEND_OFFICER):
            own = PlanDocument.objects.of_schools(self.user.school_ids_as(*SENCO))
            given = given.filter(own)
        return get_object_or_404(given, pk=self.kwargs["pk"])

    def act(self) -> str:
        take_document_away(document=self.found, by=self.user)
        return f"Taken away: {self.found.about}."

    def next_url(self) -> str:
        return reverse("moderation:plan_documents", args=[self.found.pupil_id])
