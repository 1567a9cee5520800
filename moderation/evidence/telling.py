"""Tell the school what it is asked for, and those on the case what came (R3: no pupil is named)."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from banding.returns.telling import happening
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.words import day
from moderation.evidence.models import EvidenceRequest

OVERDUE = "evidence about one of your pupils is overdue"
OVERDUE_TO_ASKER = "the evidence asked for is overdue"
REMINDS = {"remind", "overdue"}


def tell_school_of(asked: EvidenceRequest, what: str, key: str) -> None:
    """SENCOs and headteachers of the school that answers, once a key."""
    title = f"{name_of(asked)}: {what}"
    path = reverse("moderation:evidence_detail", args=[asked.pk])
    notify(NoticeKind.EVIDENCE, [happening(asked.school, f"{key} {asked.pk}", title, path)])


def tell_asked(asked: EvidenceRequest) -> None:
    said = f"evidence is asked for about one of your pupils, by {day(asked.due_on)}"
    tell_school_of(asked, said, "asked")


def tell_withdrawn(asked: EvidenceRequest) -> None:
    tell_school_of(asked, "evidence is no longer asked for about one of your pupils", "withdrawn")


def remind(asked: EvidenceRequest) -> None:
    tell_school_of(asked, due_words(asked.due_on), "remind")


def due_words(due_on: dt.date) -> str:
    return f"evidence about one of your pupils is due on {day(due_on)}"


def tell_overdue(asked: EvidenceRequest) -> None:
    tell_school_of(asked, OVERDUE, "overdue")
    tell_on_the_case(asked, {asked.asked_by_id}, OVERDUE_TO_ASKER, "overdue")


def tell_answered(asked: EvidenceRequest) -> None:
    people = {asked.asked_by_id, *asked.case.judge_ids}
    tell_on_the_case(asked, people, "the school has answered about evidence", "answered")


def tell_on_the_case(asked: EvidenceRequest, people: Collection[UUID], what: str, key: str) -> None:
    told = Happening(
        people,
        key=f"{key} {asked.pk}",
        title=f"Case {asked.case.reference}: {what}",
        path=reverse("moderation:case_detail", args=[asked.case_id]),
    )
    notify(NoticeKind.EVIDENCE_IN, [told])


def name_of(asked: EvidenceRequest) -> str:
    collection = asked.case.decision.collection
    assert collection is not None  # noqa: S101 - samples are drawn of collections
    return collection.name


def is_still_so(notice: Notice) -> bool:
    """Whether what a reminder asks for is still to be sent; everything else told stays so."""
    said, *about = notice.key.split()
    if said not in REMINDS:
        return True
    return EvidenceRequest.objects.open().filter(pk=about[0]).exists()
