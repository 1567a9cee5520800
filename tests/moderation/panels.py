"""Published outcomes, challenges of them, and panels that decide."""

import datetime as dt

from django.utils import timezone

from banding_portal.roles import Role
from moderation.choices import ChangeReason
from moderation.models import Outcome, PanelCase
from moderation.panels.services import (
    call_panel,
    challenge_outcome,
    decide_in_panel,
    escalate_case,
    put_on_agenda,
)
from moderation.services.outcomes import change_case
from tests.factories import person
from tests.moderation.evidence import judged_case, senco
from tests.moderation.world import lead


def settled_case(band="C", **fields):
    """Settled with the band its moderator judged, in force from the decision's own date."""
    case = judged_case(band, **fields)
    change_case(
        case=case,
        by=case.moderator,
        band=case.decision.framework.bands.get(code=band),
        reason_code=ChangeReason.DESCRIPTOR,
        reason="It describes more.",
        effective_from=case.decision.effective_from,
    )
    case.refresh_from_db()
    return case


def outcome_of(case):
    return Outcome.objects.select_related("case__decision__school").get(case=case)


def challenged(case, by=None):
    return challenge_outcome(outcome=outcome_of(case), grounds="It is C.", by=by or senco(case))


def officer():
    return person(Role.SEND_OFFICER)


def panel_with(*members, on=None, by=None):
    members = members or (officer(), officer())
    on = on or timezone.localdate()
    return call_panel(meets_on=on, place="Room 2", members=members, by=by or lead())


def on_agenda(item, *members, on=None):
    """On the agenda of a panel of today; returns the item."""
    panel = panel_with(*members, on=on)
    return put_on_agenda(item=item, panel=panel, by=panel.called_by)


def decide(item, band="A", by=None, **given):
    item = PanelCase.objects.select_related("panel", "case__decision").get(pk=item.pk)
    members = [seat.person for seat in item.panel.seats.all()]
    framework = item.case.decision.framework
    usual = {
        "band": framework.bands.get(code=band),
        "reason_code": "" if band == "B" else ChangeReason.DESCRIPTOR,
        "reason": "The panel read everything.",
        "effective_from": item.case.decision.effective_from,
        "minutes": "Read, discussed, agreed.",
        "took_part": members,
    }
    return decide_in_panel(item=item, by=by or members[0], **usual | given)


def escalated(case=None, by=None):
    case = case or judged_case()
    return escalate_case(case=case, reason="The plan says both.", by=by or case.moderator)


def settled_days_ago(case, days):
    """As if it had been settled so many days ago."""
    then = timezone.now() - dt.timedelta(days=days)
    Outcome.objects.filter(case=case).update(recorded_at=then)
