"""The round of this term: open now, beside the exercise, told of by some schools."""

import random

from banding.choices import CollectionKind, ReturnState
from banding.collections.services import open_collection
from banding.demo.answers import AnswerBook
from banding.demo.finished_round import SECTORS
from banding.demo.pupils import TOP_UP
from banding.demo.schools_at_work import (
    Staff,
    apply_for,
    is_application,
    returns_of,
    say_left,
    submit,
    tell_of_higher_band,
)
from banding.models import Framework, Return
from banding.returns.progress import progress_of_return
from banding.returns.readiness import problems_to_confirm
from banding.returns.services import accept_return, confirm_nothing_to_tell
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from banding_portal.working_days import full_week_from, working_day_on_or_before
from schools.models import User

OPENED, PROCESSING, MODERATION, FEEDBACK = 10, 19, 24, 52
EVERY = 3
"""Each third school has confirmed; the school of the account to sign in with has not."""
TELLS_OF_A_LEAVER = 4
OWN_SCHOOLS = 2
"""Of the account to sign in with as SENCO, who has begun at the second."""
APPLIED_FOR = 2
"""The rank of the band that a school applies for."""


def seed_open_round(timeline: Timeline) -> None:
    """Open it ten days ago; some confirm that they have nothing to tell, one tells of a leaver,
    one of a higher band, and one applies for a pupil at SEN Support.
    """
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    with acting(officer, timeline.ago(OPENED)):
        collection = open_collection(
            code=f"round-{timeline.term.code}",
            name=f"{timeline.term.name} round",
            kind=CollectionKind.ROUND,
            framework=Framework.objects.get(code=TOP_UP),
            sectors=SECTORS,
            reference_date=max(timeline.ago(OPENED), timeline.term.start),
            opens_on=timeline.ago(OPENED),
            deadline=timeline.round_due,
            processing_from=timeline.ahead(PROCESSING),
            moderation_from=full_week_from(timeline.ahead(MODERATION)),
            feedback_on=working_day_on_or_before(timeline.ahead(FEEDBACK)),
        )
    staff = Staff()
    for place, pupil_return in enumerate(returns_of(collection)):
        if place == TELLS_OF_A_LEAVER:
            with acting(senco := staff.senco(pupil_return), timeline.ago(4)):
                say_left(pupil_return, senco, timeline.ago(5), [0])
        elif place % EVERY == 2:
            confirm(pupil_return, staff, officer, timeline)
    book = AnswerBook(collection.framework, random.Random("westmere application"))  # noqa: S311
    for pupil_return in returns_of(collection)[OWN_SCHOOLS:]:
        if pupil_return.state == ReturnState.NOT_STARTED and may_apply(pupil_return):
            with acting(staff.senco(pupil_return), timeline.ago(3)):
                apply_for(pupil_return, staff.senco(pupil_return), book, APPLIED_FOR)
            with acting(staff.head(pupil_return), timeline.ago(2)):
                submit(pupil_return, staff)
            break
    own = returns_of(collection)[OWN_SCHOOLS - 1]
    with acting(senco := staff.senco(own), timeline.ago(2)):
        tell_of_higher_band(own, senco, book)


def may_apply(pupil_return: Return) -> bool:
    """Whether all there is to do is a pupil at SEN Support who is new to funding."""
    progress = progress_of_return(pupil_return)
    return progress.is_complete and any(map(is_application, progress.lines))


def confirm(pupil_return: Return, staff: Staff, officer: User, timeline: Timeline) -> None:
    """One click, where nobody is without a band; the authority accepts it two days later."""
    if problems_to_confirm(pupil_return, progress_of_return(pupil_return)):
        return
    with acting(senco := staff.senco(pupil_return), timeline.ago(6)):
        confirm_nothing_to_tell(pupil_return=pupil_return, by=senco)
    with acting(officer, timeline.ago(4)):
        accept_return(pupil_return=pupil_return, by=officer)
