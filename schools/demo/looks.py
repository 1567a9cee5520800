"""Looks at pupils of the demonstration: a week as usual, and a day of which an auditor asks."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from schools.choices import HowSeen
from schools.demo.people import account_of
from schools.looks.services import flag_unusual_day, keep_look
from schools.models import Pupil, User

USUAL, MANY = 12, 240
"""Pupils a day."""
DAYS, SINCE = 5, 3
"""Days as usual, and how long ago the unusual day is."""


def seed_looks(timeline: Timeline) -> None:
    officer = User.objects.get(email=account_of(Role.SEND_OFFICER).email)
    pupils = list(Pupil.objects.order_by("reference").values_list("pk", flat=True)[:MANY])
    for number in range(DAYS):
        seen = pupils[number * USUAL :][:USUAL]
        with acting(officer, timeline.ago(SINCE + DAYS - number)):
            for one in seen:
                keep_look(
                    by=officer,
                    page="schools:pupil_detail",
                    what="One pupil",
                    how=HowSeen.OPENED,
                    pupils=[one],
                )
    with acting(officer, timeline.ago(SINCE), 40):
        keep_look(
            by=officer,
            page="schools:pupil_list",
            what="Pupils",
            how=HowSeen.LISTED,
            pupils=pupils,
        )
    flag_unusual_day(timeline.ago(SINCE))
