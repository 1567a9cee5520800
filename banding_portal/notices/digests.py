"""One email a morning for the authority’s people: what is due, what came in, what waits (R5).

It is a notice like any other, one a person and day, so it goes out once whatever happens to the
worker. A morning without anything is kept as well, without an email, so that nobody is asked about
twice. It is made of titles and counts that name no pupil (R3).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from banding_portal.due import DueItem, due_items
from banding_portal.notices.choices import DIGEST_READERS, NoticeKind
from banding_portal.notices.models import Notice, NoticeRefusal
from banding_portal.notices.news import News, news_of
from banding_portal.notices.schedules import Schedule, Step
from banding_portal.notices.selectors import recent_notices
from banding_portal.notices.services import TASK
from banding_portal.sending import send
from banding_portal.words import day, due_words, in_a_row
from banding_portal.working_days import is_working_day

log = structlog.get_logger()
FIRST = dt.timedelta(days=1)
"""How far back the first digest of a person looks; every other to the one before."""


@dataclass(frozen=True)
class Digest:
    """What a morning brings to a person."""

    due: Sequence[DueItem] = ()
    waiting: Sequence[DueItem] = ()
    followed: Sequence[DueItem] = ()
    """What others have to do."""
    news: Sequence[News] = ()

    def __bool__(self) -> bool:
        return bool(self.due or self.waiting or self.followed or self.news)

    @property
    def title(self) -> str:
        counts = [
            (len(self.due), "due"),
            (len(self.waiting), "waiting for you"),
            (len(self.news), "came in"),
        ]
        parts = [f"{count} {words}" for count, words in counts if count]
        return f"Banding portal this morning: {in_a_row(parts or ['others are at work'])}"

    @property
    def text(self) -> str:
        parts = (
            ("Due", [line_of(each) for each in self.due]),
            ("Waiting for you", [line_of(each) for each in self.waiting]),
            ("Came in", [f"{each.newest.title} ({each.hint})" for each in self.news]),
            ("Waiting for others", [line_of(each) for each in self.followed]),
        )
        return "\n".join(part for head, lines in parts for part in block_of(head, lines))


def block_of(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{head}:"
        yield from (f"* {' '.join(line.split())}" for line in lines)
        yield ""


def line_of(item: DueItem) -> str:
    """“Joiners: 3 pupils waiting to be placed, due 4 December 2026 (in 6 days)”"""
    due = f", due {day(item.due_on)} ({due_words(item.due_on)})" if item.due_on else ""
    school = f"{item.school}, " if item.school else ""
    return f"{item.mailed_as or item.title}: {school}{item.text}{due}"


def digest_of(person: Any, since: dt.datetime) -> Digest:
    """What is due from a person now, and what they were told from a time on."""
    items = due_items(person)
    own = [item for item in items if not item.is_for_others]
    return Digest(
        due=[item for item in own if item.due_on],
        waiting=[item for item in own if not item.due_on],
        followed=[item for item in items if item.is_for_others],
        news=news_of(recent_notices(person, since=since)),
    )


def tell_of_the_morning(today: dt.date) -> int:
    """Queue the digest of every person who has had none today; returns how many emails. None at
    weekends and on bank holidays: the next working day looks back to the last.
    """
    if not is_working_day(today):
        return 0
    queued = 0
    for person in people_to_tell(today):
        try:
            queued += tell(person, today)
        except Exception:  # one person's trouble is not everybody's
            log.exception("digest_failed", person=str(person.pk))
    if queued:
        send(TASK)
    return queued


def people_to_tell(today: dt.date) -> QuerySet[Any]:
    """Who works for the authority, has signed in, wants the digest and has had none today."""
    without = NoticeRefusal.objects.filter(kind=NoticeKind.DIGEST).values("user")
    had = Notice.objects.filter(kind=NoticeKind.DIGEST, key=str(today)).values("recipient")
    people = get_user_model().objects.holding(DIGEST_READERS)
    return people.exclude(last_login=None).exclude(pk__in=without).exclude(pk__in=had)


def tell(person: Any, today: dt.date) -> bool:
    """Whether an email was queued; a morning without anything is kept without one."""
    before = Notice.objects.filter(recipient=person, kind=NoticeKind.DIGEST).first()
    digest = digest_of(person, before.created_at if before else timezone.now() - FIRST)
    row = Notice(
        recipient=person,
        kind=NoticeKind.DIGEST,
        key=str(today),
        title=digest.title,
        text=digest.text,
        path=reverse("home"),
        by_mail=bool(digest),
    )
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    return row.by_mail


def schedules() -> list[Schedule]:
    example = Digest(
        due=[DueItem("Queries to answer", "2 queries", url="", action="")],
        waiting=[DueItem("Joiners", "3 pupils waiting to be placed", url="", action="")],
    )
    step = Step(
        "Each working day from seven in the morning, where there is something to say",
        "The authority’s people and Inclusion Partners who have signed in before",
        lambda on: example.title,
        NoticeKind.DIGEST,
        text=example.text,
    )
    return [Schedule("Digest of the morning", "It is made anew each morning.", [step])]
