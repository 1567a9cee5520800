"""What comes after judging: a case of a sample in which nothing is left to judge."""

from typing import Any

from django.utils import timezone

from banding.models import Return
from banding_portal.roles import Role
from moderation.choices import CaseState, Confidence, EvidenceState
from moderation.evidence.services import add_evidence as add_document
from moderation.models import EvidenceRequest, Judgement
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
