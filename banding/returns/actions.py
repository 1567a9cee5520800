"""What a person may do with a return now (rules.md B6, B7)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from banding.choices import OPEN_STATES, ReturnState
from banding.models import Collection, Return, ReturnMove
from banding.returns.progress import ReturnProgress
from banding.returns.readiness import (
    problems_to_confirm,
    problems_to_submit,
    problems_to_withdraw,
    told_ready,
)
from banding.rounds.selectors import is_round
from banding_portal.actions import Action, Actions, Reasons, actions_for
from banding_portal.roles import (
    BANDING_SCHOOL_ROLES,
    COLLECTION_RUNNERS,
    HEADTEACHER,
    SENCO,
    SEND_OFFICER,
)
from banding_portal.words import day_time
from schools.models import User

HEAD_SUBMITS = "In this collection a headteacher confirms and submits the return."
NOT_TOLD = "Tell them that it is ready."


@actions_for.register
def return_actions(
    pupil_return: Return, user: User, progress: ReturnProgress | None = None
) -> Actions:
    """Answers are the SENCO's, submitting also the headteacher's, both at the return's own school.

    `progress` is given where it is known already.
    The authority's officers accept and send back; more time is also the administrator's to give.
    """
    owed = pupil_return.state in OPEN_STATES
    closed = [reason] if (reason := pupil_return.why_closed) else []
    collection = pupil_return.collection
    over = [closed_first(collection)] if collection.is_closed else []

    def url(name: str) -> str:
        return reverse(f"banding:return_{name}", args=[pupil_return.pk])

    found: list[Action] = []
    if pupil_return.shows_pupils_to(user):
        found += [Action("read", "Check answers so far", url("check"))]
    if pupil_return.is_own(user, SENCO):
        found += [Action("answer", "Answer for a pupil", why_not=closed)]
        to_joiners = [reason] if (reason := pupil_return.why_closed_to_joiners) else []
        found += [Action("join", "Add a pupil who joined", why_not=to_joiners)]
    if pupil_return.is_own(user, BANDING_SCHOOL_ROLES):
        found += submitting(pupil_return, user, progress)
    if user.has_role(*SEND_OFFICER):
        found += [
            Action(
                "accept",
                "Accept the return",
                url("accept"),
                primary=True,
                posts=True,
                why_not=not_yet(pupil_return, ReturnState.ACCEPTED),
                hidden={"seen": str(pupil_return.submitted_at)},
            ),
            Action(
                "send_back",
                "Open again for correction"
                if pupil_return.state == ReturnState.ACCEPTED
                else "Return for correction",
                url("send_back"),
                why_not=not_yet(pupil_return, ReturnState.RETURNED) or over,
            ),
        ]
    if user.has_role(*COLLECTION_RUNNERS):
        late = "The school has submitted this return. It needs no more time."
        why_not = over if owed else [late]
        found += [Action("extend", "Give more time", url("extend"), why_not=why_not)]
    return Actions(*found)


def closed_first(collection: Collection) -> str:
    return f"{collection} is closed. Open it again first."


def not_yet(pupil_return: Return, state: str) -> list[str]:
    """Why the return may not become so, as its table of moves says it."""
    return [] if pupil_return.may_become(state) else [pupil_return.refusal_of(state)]


def looks_first(progress: ReturnProgress | None) -> bool:
    """Whether a SENCO's green button leads to a pupil the authority wrote about (B7)."""
    return bool(progress and progress.to_look_at and not progress.is_of_round)


def waits_for_head(pupil_return: Return, user: User) -> bool:
    """Whether somebody else at the school has to submit it: the collection wants a headteacher."""
    asks = pupil_return.collection.needs_headteacher
    return asks and not pupil_return.is_own(user, HEADTEACHER)


def told_words(told: ReturnMove) -> str:
    """“Sam Carter told them on 17 November 2026 at 10:00 that it is ready.”"""
    who = told.moved_by.name if told.moved_by else "The portal"
    return f"{who} told them on {day_time(told.moved_at)} that it is ready."


def submitting(
    pupil_return: Return, user: User, progress: ReturnProgress | None
) -> Iterator[Action]:
    """Submit, confirm in one click, tell the headteacher that it is ready, and take it back."""
    owed = pupil_return.state in OPEN_STATES
    waits = waits_for_head(pupil_return, user)
    told = told_ready(pupil_return) if owed and waits else None

    def url(name: str) -> str:
        return reverse(f"banding:return_{name}", args=[pupil_return.pk])

    def why_not() -> Reasons:
        if problems := problems_to_submit(pupil_return, progress):
            return problems
        return [f"{HEAD_SUBMITS} {told_words(told) if told else NOT_TOLD}"] if waits else []

    def why_not_tell() -> Reasons:
        if problems := problems_to_submit(pupil_return, progress):
            return problems
        is_today = told and timezone.localdate(told.moved_at) == timezone.localdate()
        return [told_words(told)] if told and is_today else []

    yield Action(
        "submit",
        "Check answers and submit",
        url("check"),
        primary=not (pupil_return.is_own(user, SENCO) and looks_first(progress)),
        why_not=why_not,
        cannot="You cannot submit this return yet." if owed else "",
    )
    if owed and waits:
        yield Action(
            "ready",
            "Tell the headteacher again" if told else "Tell the headteacher that it is ready",
            url("ready"),
            primary=not told,
            posts=True,
            why_not=why_not_tell,
        )
    if owed and is_round(pupil_return.collection) and not waits:
        yield Action(
            "confirm",
            "We have nothing to report: confirm and submit",
            url("confirm"),
            primary=True,
            posts=True,
            why_not=lambda: problems_to_confirm(pupil_return, progress),
        )
    if not owed:
        yield Action(
            "withdraw", "Take it back", url("withdraw"), why_not=problems_to_withdraw(pupil_return)
        )
