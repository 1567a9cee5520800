"""The words of a reminder: collection, school, what is left, a link; no pupil's data (R3).

They go by the date the email is sent, not by the reminder's offset: that of +1 may go out on
the deadline itself.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from banding.choices import RecipientKind, ReturnState
from banding.collections.selectors import with_progress
from banding.models import Collection, Return
from banding.reminders.selectors import owing_returns, to_chase
from banding.reminders.steps import Step
from banding.reminders.wording import filled
from banding.returns.readiness import told_ready
from banding.rounds.selectors import is_round
from banding_portal.words import day, due_words

LISTED = 100
"""So many schools a digest names; the rest are on the page it links to."""


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str


def reminder_mail(
    pupil_return: Return, kind: str, name: str, today: dt.date, step: Step | None = None
) -> Mail:
    """The email about one return to its SENCO or headteacher, by name, on a day; in the words of
    the step where it has its own.
    """
    counted = with_progress(Return.objects.filter(pk=pupil_return.pk)).get()
    collection, deadline = pupil_return.collection, pupil_return.deadline
    head_submits = collection.needs_headteacher and kind != RecipientKind.HEADTEACHER
    told = told_ready(pupil_return) if head_submits else None
    context = {
        "name": name,
        "to_headteacher": kind == RecipientKind.HEADTEACHER,
        "collection": collection.name,
        "school": pupil_return.school.name,
        "left": pupils_left(counted),
        "total": pupil_return.pupils.count(),
        "sent_back": pupil_return.state == "returned",
        "is_untold": is_round(collection) and pupil_return.state == ReturnState.NOT_STARTED,
        "head_submits": head_submits,
        "told_on": day(told.moved_at) if told else "",
        "is_over": deadline < today,
        "deadline": deadline_words(deadline, today),
        "later": [
            f"{each.name}: {day(each.day)}" for each in collection.milestones if each.day > deadline
        ],
        "url": link("banding:return_detail", pupil_return.pk),
        "la_name": settings.LA_NAME,
    }
    subject = f"{collection.name}: {subject_words(deadline, today)}, {pupil_return.school.name}"
    if step is None or not step.has_own_words:
        return Mail(one_line(subject), text_of("reminder", context))
    values = values_of(context)
    return Mail(
        one_line(filled(step.subject, values) or subject),
        f"{filled(step.text, values).strip()}\n" if step.text else text_of("reminder", context),
    )


def values_of(context: dict[str, Any]) -> dict[str, str]:
    """What the placeholders of own words stand for; each in one line."""
    found = {key: context[key] for key in ("name", "school", "collection", "deadline")}
    found |= {"left": text_of("_left", context), "link": context["url"]}
    return {key: one_line(str(value)) for key, value in found.items()}


def digest_mail(collection: Collection, name: str, today: dt.date) -> Mail:
    """The authority's email: the schools to chase on a day, those with most left first."""
    owing = list(with_progress(owing_returns(collection)))
    chased = to_chase(owing, today)
    rows = [(each.school.name, pupils_left(each)) for each in chased]
    rows.sort(key=lambda row: (-row[1], row[0]))
    context = {
        "name": name,
        "collection": collection.name,
        "deadline": deadline_words(collection.deadline, today),
        "rows": rows[:LISTED],
        "count": len(rows),
        "more": max(len(rows) - LISTED, 0),
        "later": len(owing) - len(chased),
        "url": link("banding:collection_detail", collection.pk),
        "la_name": settings.LA_NAME,
    }
    schools = "1 school" if len(rows) == 1 else f"{len(rows):,} schools"
    subject = f"{collection.name}: {schools} to chase"
    return Mail(one_line(subject), text_of("digest", context))


def pupils_left(counted: Any) -> int:
    """Of a return that `with_progress` found."""
    return counted.pupil_count - counted.done_count


def text_of(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"banding/mail/{template}.txt", context).strip() + "\n"


def link(name: str, pk: object) -> str:
    """The address of a page for an email, of ids only."""
    return urljoin(settings.PORTAL_URL, reverse(name, args=[pk]))


def deadline_words(deadline: dt.date, today: dt.date) -> str:
    """“is due in 7 days, on 30 November 2026”, “is due today, 30 …”, “was due yesterday, …”"""
    near = due_words(deadline, today)
    verb = "was" if deadline < today else "is"
    return f"{verb} due {near}, {'on ' if near.startswith('in ') else ''}{day(deadline)}"


def subject_words(deadline: dt.date, today: dt.date) -> str:
    return f"{'was ' if deadline < today else ''}due {due_words(deadline, today)}"


def one_line(text: str) -> str:
    """Text for a header: a line break in a name must not start another header."""
    return " ".join(text.split())
