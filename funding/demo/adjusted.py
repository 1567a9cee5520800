"""A band that the panel raised in the last term, published since as an adjustment: a statement of
the last two weeks at the school of the accounts.
"""

import random

from django.conf import settings

from banding.demo.answers import AnswerBook
from banding.models import BandDecision
from banding.panel.services import decide_for_panel
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from funding.demo.runs import clear_what_is_left, person
from funding.models import Period
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.demo.people import account_of
from schools.models import Placement, User

DECIDED, PUBLISHED = 16, 15
"""Days ago; the run of the last term had been published by then."""
RAISED_ON = 20
"""Day of the last term."""
HIGHEST = 3
"""Rank from which there is a higher band."""


def seed_adjusted(timeline: Timeline) -> None:
    """The panel decides, one person calculates, another publishes."""
    raise_a_band(timeline)
    officer, authoriser = person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)
    with acting(officer, timeline.ago(PUBLISHED)):
        run = calculate_run(period=Period.objects.get(code=timeline.last_term.code), by=officer)
    with acting(officer, timeline.ago(PUBLISHED), minutes=30):
        clear_what_is_left(run, officer)
        run = send_for_checking(run=run, by=officer)
    with acting(authoriser, timeline.ago(PUBLISHED), minutes=90):
        publish_run(run=run, by=authoriser)


def raise_a_band(timeline: Timeline) -> None:
    """Of a pupil still there whom nobody moderates, so that no outcome says otherwise."""
    officer = person(Role.SEND_OFFICER)
    head = User.objects.get(email=account_of(Role.HEADTEACHER).email)
    here = Placement.objects.filter(end=None, school__in=head.school_ids_as(Role.HEADTEACHER))
    decisions = BandDecision.objects.in_force().filter(
        school__in=here.values("school"),
        pupil__in=here.values("pupil"),
        pupil__responsible_la=settings.LA_CODE,
        cases=None,
        band__rank__lte=HIGHEST,
    )
    decision = decisions.select_related("pupil", "framework", "band").order_by("pk")[0]
    book = AnswerBook(decision.framework, random.Random("westmere panel"))  # noqa: S311
    levels = book.levels(decision.band.rank + 1 if decision.band else 1)
    with acting(officer, timeline.ago(DECIDED)):
        decide_for_panel(
            pupil=decision.pupil,
            framework=decision.framework,
            levels={area: level.code for (area, _), level in zip(book.areas, levels, strict=True)},
            band=book.suggested(levels),
            difference_reason="",
            rationale="The annual review asks for a good deal more help.",
            effective_from=timeline.last_term.day(RAISED_ON),
            by=officer,
        )
