"""What comes after judging: a case of a sample in which nothing is left to judge."""

from typing import Any

from django.utils import timezone

from banding.models import Return
from banding_portal.documents.services import keep_document
from banding_portal.roles import Role
from moderation.choices import (
    CaseState,
    Confidence,
    EvidenceState,
    OutcomeKind,
    PanelCaseState,
    PanelRoute,
)
from moderation.evidence.services import add_evidence as add_document
from moderation.models import (
    EvidenceRequest,
    Judgement,
    Outcome,
    Panel,
    PanelCase,
    PanelMember,
    PlanDocument,
)
from tests.documents import pdf
from tests.factories import (
    BandDecisionFactory,
    CaseFactory,
    PupilFactory,
    ReturnPupilFactory,
    person,
)


def add_evidence(side: Any, judge: Any, mark: str, name: str) -> None:
    """A judged case that waits for evidence, and a document about one that has had its answer."""
    at, surname = side.objects, f"{mark}{name}"
    waits = at["evidence_case"] = judged_case(side, judge, surname, CaseState.EVIDENCE)
    at["evidence"] = request_about(waits, judge, mark)
    answered = judged_case(side, judge, surname, CaseState.JUDGED)
    asked, senco = request_about(answered, judge, mark), person(Role.SENCO, school=side.school)
    at["evidence_document"] = add_document(
        asked=asked, about=f"{mark} report", filename="report.pdf", content=pdf(), by=senco
    )
    asked.move(EvidenceState.ANSWERED, by=senco, answered_by=senco, answered_at=timezone.now())
    with_plan = PlanDocument(
        pupil=answered.decision.pupil, school=side.school, about=f"{mark} plan", sent_by=senco
    )
    at["plan_document"] = keep_document(with_plan, filename="plan.pdf", content=pdf())


def add_panel(side: Any, judge: Any, surname: str, people: Any) -> None:
    """A settled case, and one on the agenda of a panel on which its own moderator sits too."""
    at = side.objects
    settled = judged_case(side, judge, surname, CaseState.SETTLED)
    decision = settled.decision
    at["outcome"] = Outcome.objects.create(
        case=settled,
        kind=OutcomeKind.UPHELD,
        band=decision.band,
        effective_from=decision.effective_from,
        recorded_by=judge,
    )
    at["outcome_return"] = decision.return_pupil.pupil_return
    panel = at["panel"] = Panel.objects.create(
        meets_on=timezone.localdate(), place="Room 2", called_by=people[Role.MODERATION_LEAD]
    )
    for member in (judge, people[Role.SEND_OFFICER], person(Role.SEND_OFFICER)):
        PanelMember.objects.create(panel=panel, person=member)
    at["panel_case"] = PanelCase.objects.create(
        case=judged_case(side, judge, surname, CaseState.PANEL),
        route=PanelRoute.ESCALATED,
        state=PanelCaseState.AGENDA,
        grounds="Both fit",
        put_by=judge,
        panel=panel,
    )


def request_about(case: Any, judge: Any, mark: str) -> EvidenceRequest:
    return EvidenceRequest.objects.create(
        case=case,
        wanted=[f"{mark} report"],
        message=f"{mark} please",
        due_on=timezone.localdate(),
        asked_by=judge,
    )


def judged_case(side: Any, judge: Any, surname: str, state: str) -> Any:
    sample = side.objects["judged_sample"]
    pupil_return, _ = Return.objects.get_or_create(collection=sample.collection, school=side.school)
    pupil = PupilFactory(school=side.school, surname=surname)
    row = ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)
    decision = BandDecisionFactory(return_pupil=row)
    case = CaseFactory(sample=sample, decision=decision, state=state, moderator=judge)
    Judgement.objects.create(
        case=case,
        moderator=judge,
        band=decision.framework.bands.get(code="C"),
        confidence=Confidence.SURE,
        locked_at=timezone.now(),
    )
    return case
