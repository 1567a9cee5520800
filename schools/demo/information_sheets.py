"""What the invented authority has told schools: one sheet read, one new, one still a draft."""

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import SCHOOL_ROLES, Role
from banding_portal.working_days import working_day_after
from schools.demo.people import account_of
from schools.information_sheets.lines import Line
from schools.information_sheets.services import Written, publish_sheet, read_sheet, write_sheet
from schools.models import User

CONTACT = "SEND operations, banding@westmere.example, 01632 960 100"
TRAINING = """All SENCOs can join a training session on the descriptors. It takes an hour, online.

# What it covers

* how to choose the level that fits in each area
* what the suggested band means, and when to choose another
* what moderators look for"""
VALUES = "The values for the summer term are published after the next meeting of Schools Forum."


def seed_sheets(timeline: Timeline) -> None:
    officer, senco = of_role(Role.SEND_OFFICER), of_role(Role.SENCO)
    with acting(officer, timeline.ago(20)):
        first = publish_sheet(
            sheet=write_sheet(written=dates_of_the_round(timeline), by=officer), by=officer
        )
    with acting(senco, timeline.ago(18)):
        read_sheet(sheet=first, by=senco)
    with acting(officer, timeline.ago(2)):
        publish_sheet(sheet=write_sheet(written=training(timeline), by=officer), by=officer)
    with acting(officer, timeline.ago(1)):
        write_sheet(written=values(timeline), by=officer)


def of_role(role: Role) -> User:
    return User.objects.get(email=account_of(role).email)


def dates_of_the_round(timeline: Timeline) -> Written:
    return Written(
        title="How this term’s round works",
        text="You tell us only what has changed. Pupils who are funded already carry on.",
        contact=CONTACT,
        shown_from=timeline.ago(20),
        shown_until=timeline.ahead(30),
        roles=sorted(SCHOOL_ROLES),
        lines=[
            Line("Read the help page on rounds"),
            Line("Forum of SENCOs, online", working_day_after(timeline.today, 6)),
        ],
    )


def training(timeline: Timeline) -> Written:
    return Written(
        title="Training on the descriptors",
        text=TRAINING,
        contact=CONTACT,
        shown_from=timeline.ago(2),
        shown_until=timeline.ahead(20),
        roles=[Role.SENCO, Role.INCLUSION_PARTNER],
        lines=[Line("Training, 4pm to 5pm, online", timeline.ahead(6))],
    )


def values(timeline: Timeline) -> Written:
    return Written(
        title="Values for the summer term",
        text=VALUES,
        contact=CONTACT,
        shown_from=timeline.ahead(3),
        shown_until=timeline.ahead(40),
        roles=[Role.HEADTEACHER, Role.SCHOOL_FINANCE],
        by_mail=True,
    )
