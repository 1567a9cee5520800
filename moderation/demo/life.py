"""What comes after judging: evidence asked for, a panel that has decided, and a challenge."""

from django.db.models import QuerySet

from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.demo.story import (
    change_as_judged,
    date_events,
    differs,
    of_account,
    person,
    with_judges,
)
from moderation.evidence.services import ask_for_evidence
from moderation.models import Case, Outcome, PanelCase
from moderation.panels.selectors import bars_in_panel, panel_people
from moderation.panels.services import (
    call_panel,
    challenge_outcome,
    decide_in_panel,
    escalate_case,
    put_on_agenda,
)
from moderation.selectors.settling import is_disputed
from schools.demo.people import account_of
from schools.models import User

ASKED, ESCALATED, DECIDED, SETTLED, CHALLENGED = 3, 24, 17, 6, 4
"""Days ago."""
MEETS = 5
"""Days ahead, when the panel with the challenge meets."""
DAYS_TO_ANSWER = 8


def seed_life(timeline: Timeline) -> None:
    """One case each; those of the school to sign in as come first."""
    lead = person(Role.MODERATION_LEAD)
    ask(timeline, lead, next_case(differing=False))
    panel_decides(timeline, lead, next_case(differing=True))
    challenge(timeline, lead, next_case(differing=True))


def next_case(*, differing: bool) -> Case:
    """A judged case; with `differing` one on which the moderator chose another band."""
    senco = User.objects.get(email=account_of(Role.SENCO).email)
    own = senco.school_ids_as(Role.SENCO)
    cases = list(judged())
    spared = of_account(cases)
    fit = [
        case
        for case in cases
        if case not in spared and not is_disputed(case) and (differs(case) or not differing)
    ]
    return min(fit, key=lambda case: (case.decision.school_id not in own, str(case.decision_id)))


def judged() -> QuerySet[Case]:
    return with_judges().filter(state=CaseState.JUDGED).select_related("decision__school")


def ask(timeline: Timeline, lead: User, case: Case) -> None:
    with acting(lead, timeline.ago(ASKED)):
        ask_for_evidence(
            case=case,
            wanted=[
                "The speech and language therapist’s report of this year",
                "How often an adult works with the pupil alone",
            ],
            message="The plan names therapy and not how often. What happens in a usual week?",
            working_days=DAYS_TO_ANSWER,
            by=lead,
        )


def panel_decides(timeline: Timeline, lead: User, case: Case) -> None:
    """Escalated, and upheld by a panel."""
    with acting(lead, timeline.ago(ESCALATED)):
        item = escalate_case(
            case=case, reason="The descriptors of two bands fit equally well.", by=lead
        )
        members = able(case)
        panel = call_panel(
            meets_on=timeline.ago(DECIDED), place="County Hall, room 4", members=members, by=lead
        )
        item = put_on_agenda(item=item, panel=panel, by=lead)
        date_events()
    band = case.decision.band
    assert band is not None  # noqa: S101 - a submitted decision has one
    with acting(members[0], timeline.ago(DECIDED)):
        decide_in_panel(
            item=item,
            band=band,
            reason_code="",
            reason="The panel read the plan again and finds your band the closest description.",
            effective_from=case.decision.effective_from,
            minutes="Both descriptors were read against the plan. All agreed on the school’s band.",
            took_part=members,
            by=members[0],
        )
        date_events()


def challenge(timeline: Timeline, lead: User, case: Case) -> None:
    """Settled lately, challenged by the school, on the agenda of a panel to come."""
    with acting(lead, timeline.ago(SETTLED)):
        change_as_judged(case, lead)
    outcome = Outcome.objects.select_related("case__decision__school").get(case=case)
    head = head_of(case)
    with acting(head, timeline.ago(CHALLENGED)):
        item = challenge_outcome(
            outcome=outcome,
            grounds="The outcome leaves out the report of the educational psychologist, "
            "which describes help in every lesson.",
            by=head,
        )
    with acting(lead, timeline.ago(CHALLENGED), 120):
        panel = call_panel(
            meets_on=timeline.ahead(MEETS),
            place="Online, by the link in the invitation",
            members=able(case),
            by=lead,
        )
        put_on_agenda(item=PanelCase.objects.get(pk=item.pk), panel=panel, by=lead)
        date_events()


def head_of(case: Case) -> User:
    people = User.objects.filter(
        memberships__school=case.decision.school_id,
        memberships__ended_on=None,
        memberships__role__in=[Role.HEADTEACHER, Role.SENCO],
    )
    return people.order_by("memberships__role", "email")[0]


def able(case: Case) -> list[User]:
    """Three people who may take part, the officer to sign in as first."""
    barred = bars_in_panel([case.pk])[case.pk]
    officer = account_of(Role.SEND_OFFICER).email
    people = [one for one in panel_people() if one.pk not in barred]
    lead = person(Role.MODERATION_LEAD)
    return sorted(
        (one for one in people if one != lead), key=lambda one: (one.email != officer, one.email)
    )[:3]
