"""Remind schools while they can challenge an outcome, and members of their panel (rules.md R10)."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from banding.returns.telling import happening
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.verbs import verb
from banding_portal.words import day
from banding_portal.working_days import is_working_day, working_day_before
from moderation.choices import CaseState, OutcomeKind, PanelCaseState
from moderation.models import Outcome, Panel
from moderation.panels.actions import why_not_challenge
from moderation.panels.selectors import last_day_to_challenge
from schools.models import School
from schools.selectors.successors import gone_on_at

BEFORE = 2
"""Working days before the last day of a challenge, and before a panel meets."""
LAST_DAY, MEETS = "last day", "meets"
"""How the keys of these reminders begin."""
LOOKED_BACK = dt.timedelta(days=40)
"""Longer than the ten working days of a challenge ever are."""


@verb
def remind_of_challenges(*, on: dt.date) -> int:
    """Schools with a changed outcome that they can still challenge hear of its last day, members of
    a panel with an agenda of its meeting. Once each, however often it is run. Returns of how many
    things somebody is told.
    """
    if not is_working_day(on):
        return 0
    to_schools, to_members = list(last_days(on)), list(meetings(on))
    notify(NoticeKind.OUTCOME, to_schools)
    notify(NoticeKind.PANEL_CALLED, to_members)
    return len(to_schools) + len(to_members)


def last_days(on: dt.date) -> Iterator[Happening]:
    """One a school, collection and last day, however many outcomes there are."""
    collection = "case__decision__collection"
    since = on - LOOKED_BACK
    found = Outcome.objects.filter(
        Q(recorded_at__date__gte=since) | Q(**{f"{collection}__feedback_on__gte": since}),
        kind=OutcomeKind.CHANGED,
        case__state=CaseState.SETTLED,
    ).select_related("case__decision__school", collection)
    told: set[tuple[UUID, UUID, dt.date]] = set()
    for outcome in found.order_by("recorded_at", "pk"):
        decision, last = outcome.case.decision, last_day_to_challenge(outcome)
        if decision.school is None or decision.collection is None:
            continue
        if not working_day_before(last, BEFORE) <= on <= last or why_not_challenge(outcome):
            continue
        school: School = gone_on_at(decision.school, decision.pupil_id)
        key = (school.pk, decision.collection.pk, last)
        if key not in told:
            told.add(key)
            title = last_day_words(decision.collection.name, last)
            path = f"{reverse('moderation:outcome_list')}?school={school.pk}"
            about = f"{LAST_DAY} {decision.collection.pk} {school.pk} {last}"
            yield happening(school, about, title, path)


def last_day_words(collection: str, last: dt.date) -> str:
    return f"{collection}: until {day(last)} you can challenge an outcome"


def meeting_words(on: dt.date) -> str:
    return f"Your panel meets on {day(on)}"


def meetings(on: dt.date) -> Iterator[Happening]:
    panels = Panel.objects.filter(meets_on__gte=on, agenda__state=PanelCaseState.AGENDA)
    for panel in panels.distinct().order_by("meets_on", "pk"):
        if on < working_day_before(panel.meets_on, BEFORE):
            continue
        yield Happening(
            set(panel.seats.values_list("person", flat=True)),
            key=f"{MEETS} {panel.pk} {panel.meets_on}",
            title=meeting_words(panel.meets_on),
            path=reverse("moderation:panel_detail", args=[panel.pk]),
        )


def is_still_so(notice: Notice) -> bool:
    """Whether a reminder would still be told today; everything else told stays so."""
    today = timezone.localdate()
    if notice.key.startswith(LAST_DAY):
        return notice.key in {each.key for each in last_days(today)}
    if notice.key.startswith(MEETS):
        return notice.key in {each.key for each in meetings(today)}
    return True
