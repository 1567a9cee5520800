"""Evidence only on request: asked for, answered, taken back, reminded of (rules.md M5)."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from banding_portal.documents.services import delete_bytes, keep_document
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.working_days import is_working_day
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, EvidenceState
from moderation.evidence.actions import evidence_actions
from moderation.evidence.models import EvidenceDocument, EvidenceRequest
from moderation.evidence.rules import MOST_DAYS, MOST_WANTED, due_day, reminder_day
from moderation.evidence.telling import (
    remind,
    tell_answered,
    tell_asked,
    tell_overdue,
    tell_withdrawn,
)
from moderation.models import Case
from schools.models import User

NOTHING_SENT = "Add a document first, or say that there is none"
NOTE_WANTED = "Say why there is none"


@verb
def ask_for_evidence(
    *, case: Case, wanted: Sequence[str], message: str, working_days: int, by: User
) -> EvidenceRequest:
    """Ask the school of a judged case for what is `wanted`, to be sent within so many working days.

    The case waits for it. Raises RefusalError where it is not judged by everybody, not the
    person's, or something is missing.
    """
    case = held_case(case)
    case_actions(case, by).require("ask_evidence")
    if not wanted:
        raise RefusalError("Say what you ask for, one thing on each line", field="wanted")
    if len(wanted) > MOST_WANTED:
        said = f"Ask for {MOST_WANTED} things at most. You have entered {len(wanted)}"
        raise RefusalError(said, field="wanted")
    if not 1 <= working_days <= MOST_DAYS:
        raise RefusalError(f"Give 1 to {MOST_DAYS} working days", field="working_days")
    asked = EvidenceRequest.objects.create(
        case=case,
        wanted=list(wanted),
        message=message.strip(),
        due_on=due_day(timezone.localdate(), working_days),
        asked_by=by,
    )
    case.move(CaseState.EVIDENCE, by=by)
    tell_asked(asked)
    return asked


@verb
def add_evidence(
    *, asked: EvidenceRequest, about: str, filename: str, content: bytes, by: User
) -> EvidenceDocument:
    """Keep a document of the answer; nobody but the school reads it before the answer is sent.

    Raises RefusalError for a file that is not taken, or where the request is over.
    """
    asked = held_request(asked)
    evidence_actions(asked, by).require("add")
    document = EvidenceDocument(request=asked, about=about.strip(), sent_by=by)
    keep_document(document, filename=filename, content=content)
    return document


@verb
def remove_evidence(*, document: EvidenceDocument, by: User) -> None:
    """Take a document away again, while the answer has not been sent."""
    asked = held_request(document.request)
    evidence_actions(asked, by).require("answer")
    row = EvidenceDocument.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if row is None:
        raise RefusalError("This document is no longer there.")
    row.delete()
    delete_bytes(row)


@verb
def answer_request(
    *, asked: EvidenceRequest, none_there: bool, note: str, by: User
) -> EvidenceRequest:
    """Send the documents, or say that there is none and why; the case is to be settled then.

    Raises RefusalError where there is no document and none is said, or the request is over.
    """
    case, asked = held_both(asked)
    evidence_actions(asked, by).require("answer")
    has_documents = asked.documents.exists()
    if none_there and has_documents:
        said = "You have added documents. Send them, or take them away to say that there is none"
        raise RefusalError(said, field="none_there")
    if not none_there and not has_documents:
        raise RefusalError(NOTHING_SENT, field="none_there")
    if none_there and not note.strip():
        raise RefusalError(NOTE_WANTED, field="note")
    asked.move(
        EvidenceState.ANSWERED,
        by=by,
        none_there=none_there,
        note=note.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )
    case.move(CaseState.JUDGED, by=by)
    tell_answered(asked)
    return asked


@verb
def withdraw_request(*, asked: EvidenceRequest, because: str, by: User) -> EvidenceRequest:
    """Take a request back: the case is to be settled without it, and the school is told."""
    case, asked = held_both(asked)
    evidence_actions(asked, by).require("withdraw")
    if not because.strip():
        raise RefusalError("Say why it is no longer needed", field="because")
    end_request(asked, because=because, by=by)
    case.move(CaseState.JUDGED, by=by)
    return asked


def end_request(asked: EvidenceRequest, *, because: str, by: User) -> None:
    asked.move(
        EvidenceState.WITHDRAWN,
        by=by,
        withdrawn_because=because.strip(),
        withdrawn_by=by,
        withdrawn_at=timezone.now(),
    )
    tell_withdrawn(asked)


def end_request_of(case: Case, *, because: str, by: User) -> None:
    """What is still asked for about a case that is over; the caller holds the case."""
    rows = EvidenceRequest.objects.open().select_for_update(of=("self",)).filter(case=case)
    for asked in rows:
        end_request(asked, because=because, by=by)


@transaction.atomic
def tell_of_due_evidence(*, on: dt.date) -> int:
    """Remind schools before the due day, and tell both sides after it, on working days; once each
    however often run. Returns how many requests are told of.
    """
    if not is_working_day(on):
        return 0
    told = 0
    related = ("case__decision__school", "case__decision__collection")
    for asked in EvidenceRequest.objects.open().select_related(*related):
        if on > asked.due_on:
            tell_overdue(asked)
        elif reminder_day(asked.due_on) <= on and asked.asked_at.date() < on:
            remind(asked)
        else:
            continue
        told += 1
    return told


def held_case(case: Case) -> Case:
    """The case, held so that two requests about it come one after the other."""
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("decision__school", "decision__collection").get(pk=case.pk)


def held_request(asked: EvidenceRequest) -> EvidenceRequest:
    rows = EvidenceRequest.objects.select_for_update(of=("self",))
    related = ("case__decision__school", "case__decision__collection")
    return rows.select_related(*related).get(pk=asked.pk)


def held_both(asked: EvidenceRequest) -> tuple[Case, EvidenceRequest]:
    """The case first, as whoever settles or withdraws it holds it."""
    case = held_case(Case(pk=asked.case_id))
    asked = held_request(asked)
    asked.case = case
    return case, asked
