"""Evidence asked for, as the pages of the school and of a case show it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from moderation.evidence.models import EvidenceDocument, EvidenceRequest, EvidenceRequestQuerySet
from schools.models import User

RELATED = (
    "case__decision__pupil",
    "case__decision__school",
    "case__decision__collection",
    "asked_by",
    "answered_by",
    "withdrawn_by",
)


def requests_to(user: User) -> EvidenceRequestQuerySet:
    """What the person's schools are asked for."""
    return EvidenceRequest.objects.visible_to(user).select_related(*RELATED)


def requests_of(case: UUID) -> list[EvidenceRequest]:
    """Everything asked for about a case, with the documents; only for who compares it (M4)."""
    documents = Prefetch("documents", EvidenceDocument.objects.select_related("sent_by"))
    found = EvidenceRequest.objects.filter(case=case).select_related(*RELATED)
    return list(found.prefetch_related(documents).order_by("asked_at"))


def open_request_of(case: UUID) -> EvidenceRequest | None:
    return EvidenceRequest.objects.open().filter(case=case).select_related("asked_by").first()


def first_due(requests: Iterable[EvidenceRequest]) -> dt.date | None:
    return min((one.due_on for one in requests), default=None)
