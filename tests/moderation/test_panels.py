"""Panels: who sits, who takes no part, what they decide for good (M5)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.decisions.agreed_bands import agreed_decisions
from banding.models import BandDecision
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from moderation.choices import CaseState, ChangeReason, OutcomeKind, PanelCaseState
from moderation.models import Interest, PanelCase
from moderation.panels.actions import panel_case_actions
from moderation.panels.selectors import bars_in_panel
from moderation.panels.services import (
    change_panel,
    put_on_agenda,
    take_back,
    take_off_agenda,
)
from moderation.services.outcomes import undo_outcome, uphold_case
from tests.factories import SchoolFactory
from tests.moderation.evidence import ask, judged_case, senco
from tests.moderation.panels import (
    challenged,
    decide,
    escalated,
    officer,
    on_agenda,
    outcome_of,
    panel_with,
    settled_case,
)
from tests.moderation.world import decided, given_case, lead, moderator, works_at

pytestmark = pytest.mark.django_db


def refused(match):
    return pytest.raises(RefusalError, match=match)


def state_of(case):
    case.refresh_from_db()
    return case.state


def agreed_band(case, day):
    found = agreed_decisions().filter(pupil=case.decision.pupil_id, effective_from__lte=day)
    return found.first().band.code


def test_escalated_case_waits_for_the_panel_and_is_settled_by_nobody():
    item = escalated()
    assert (state_of(item.case), item.state) == (CaseState.PANEL, PanelCaseState.WAITING)
    with refused("waits for a panel"):
        uphold_case(case=item.case, by=item.case.moderator, reason="No")
    with refused("waits for a panel"):
        ask(item.case)


def test_escalating_needs_a_reason():
    from moderation.panels.services import escalate_case

    case = judged_case()
    with refused("Say why a panel"):
        escalate_case(case=case, reason=" ", by=case.moderator)


def test_escalated_case_may_be_settled_without_a_panel_after_all():
    item = escalated()
    take_back(item=item, by=lead())
    assert state_of(item.case) == CaseState.JUDGED
    escalated(item.case)
    assert PanelCase.objects.count() == 2


def test_challenge_is_never_taken_back():
    item = challenged(settled_case())
    with refused("always answered by a panel"):
        take_back(item=item, by=lead())


def test_decision_on_an_escalated_case_is_the_agreed_band_from_its_date():
    item = on_agenda(escalated())
    start = item.case.decision.effective_from + dt.timedelta(days=30)
    decide(item, "A", effective_from=start)
    assert state_of(item.case) == CaseState.SETTLED
    outcome = outcome_of(item.case)
    assert (outcome.kind, outcome.band.code) == (OutcomeKind.CHANGED, "A")
    day_before = start - dt.timedelta(days=1)
    assert [agreed_band(item.case, day) for day in (day_before, start)] == ["B", "A"]


def test_panel_upholds_with_the_schools_band():
    item = on_agenda(escalated())
    decide(item, "B")
    outcome = outcome_of(item.case)
    assert (outcome.kind, outcome.reason_code) == (OutcomeKind.UPHELD, "")


def test_decision_on_a_challenge_takes_the_place_of_the_outcome():
    case = settled_case("C")
    item = on_agenda(challenged(case))
    first = outcome_of(case).moderated_decision
    school = senco(case)
    decide(item, "A")
    outcome = outcome_of(case)
    assert (state_of(case), outcome.band.code) == (CaseState.SETTLED, "A")
    first.refresh_from_db()
    assert (first.state, outcome.moderated_decision.supersedes) == ("superseded", first)
    assert agreed_band(case, timezone.localdate()) == "A"
    assert BandDecision.objects.in_force().filter(moderates=case.decision).count() == 1
    item.refresh_from_db()
    assert (item.before_band.code, item.band.code) == ("C", "A")
    told = Notice.objects.get(recipient=school, kind="outcome", key=f"panel {item.pk}")
    assert case.decision.pupil.surname not in told.title


def test_panel_of_a_challenge_leaves_no_day_without_an_outcome():
    case = settled_case()
    item = on_agenda(challenged(case))
    late = case.decision.effective_from + dt.timedelta(days=1)
    with refused("The date must be from"):
        decide(item, effective_from=late)


def test_decision_is_final():
    item = on_agenda(escalated())
    decide(item)
    with refused("decision is final"):
        decide(item, "C")
    with refused("panel has decided"):
        undo_outcome(case=item.case, by=lead())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes": " "}, "Enter the minutes"),
        ({"reason": " "}, "Explain the decision"),
        ({"reason_code": ""}, "Choose a reason"),
        ({"reason_code": ChangeReason.NEED_HIGHER}, "cannot be the reason"),
        ({"effective_from": dt.date(2000, 1, 1)}, "The date must be from"),
        ({"took_part": []}, "2 members at least take part"),
    ],
)
def test_what_no_panel_decides_is_refused(given, said):
    item = on_agenda(escalated())
    with refused(said):
        decide(item, **given)
    item.refresh_from_db()
    assert item.state == PanelCaseState.AGENDA


def test_panel_decides_nothing_before_its_day():
    item = on_agenda(escalated(), on=timezone.localdate() + dt.timedelta(days=1))
    with refused("The panel meets on"):
        decide(item)


def test_case_on_no_agenda_is_not_decided():
    item = escalated()
    why = panel_case_actions(item, lead()).why_not("decide")
    assert why == ["This case is on the agenda of no panel yet."]


def barred_people(case):
    """One of each who takes no part, by why."""
    school = case.decision.school
    worked, declared, at_trust, still = lead(), officer(), officer(), moderator()
    works_at(worked, school)
    Interest.objects.create(person=declared, school=school, reason="My child goes there")
    type(school).objects.filter(pk=school.pk).update(trust="Oak")
    works_at(at_trust, SchoolFactory(trust="Oak"))
    given_case(decided(case.sample.collection, SchoolFactory()), still)
    return {
        "works or worked for this school": worked,
        "has declared a connection with it": declared,
        "works or worked for a school of the same trust": at_trust,
        "still has cases of this sample to judge": still,
        "judged this case": case.moderator,
    }


def test_nobody_with_a_conflict_or_a_part_in_it_decides():
    item = challenged(settled_case())
    people = barred_people(item.case)
    bars = bars_in_panel([item.case_id])[item.case_id]
    assert {why: bars.get(one.pk) for why, one in people.items()} == {why: why for why in people}
    item = on_agenda(item, officer(), officer(), *people.values())
    for person in people.values():
        with refused("You take no part in this case"):
            decide(item, by=person)
        members = [seat.person for seat in item.panel.seats.all()]
        with refused("takes no part in this case"):
            decide(item, took_part=members, by=members[0] if members[0] not in people.values()
                   else next(one for one in members if one not in people.values()))  # fmt: skip


def test_who_settled_the_case_takes_no_part():
    case = judged_case("B")
    by = lead()
    uphold_case(case=case, by=by)
    item = challenged(case)
    assert bars_in_panel([case.pk])[case.pk][by.pk] == "settled this case"
    one, two = officer(), officer()
    item = on_agenda(item, one, two, by)
    works_at(two, case.decision.school)  # since it is on the agenda
    with refused("Fewer than 2 members"):
        decide(item, by=one)


def test_lead_who_is_no_member_may_record_and_others_may_not():
    item = on_agenda(escalated())
    with refused("no member of this panel"):
        decide(item, by=officer())
    decide(item, by=lead())


def test_members_are_told_of_the_day():
    one, two = officer(), officer()
    panel = panel_with(one, two, on=timezone.localdate() + dt.timedelta(days=7))
    told = Notice.objects.filter(kind="panel_called").values_list("recipient", flat=True)
    assert set(told) == {one.pk, two.pk}
    assert panel.seats.count() == 2


def test_panel_has_two_members_at_least():
    with refused("2 members at least"):
        panel_with(officer())


def test_school_staff_sit_on_no_panel():
    with refused("cannot sit on a panel"):
        panel_with(officer(), senco(judged_case()))


def test_panel_changes_until_it_has_decided():
    item = on_agenda(escalated())
    panel, by = item.panel, lead()
    there = [seat.person for seat in panel.seats.all()]
    new = officer()
    kept = {"place": "Room 3", "minutes": "All were there.", "by": by}
    change_panel(panel=panel, meets_on=panel.meets_on, members=[*there, new], **kept)
    panel.refresh_from_db()
    assert (panel.place, panel.seats.count()) == ("Room 3", 3)
    decide(item, took_part=there)
    with refused("has taken part in a decision and stays"):
        change_panel(panel=panel, meets_on=panel.meets_on, members=[there[0], new], **kept)
    tomorrow = panel.meets_on + dt.timedelta(days=1)
    with refused("the day on which it met stays"):
        change_panel(panel=panel, meets_on=tomorrow, members=there, **kept)


def test_case_moves_from_one_agenda_to_another():
    item = on_agenda(escalated())
    by = lead()
    with refused("cannot become"):
        put_on_agenda(item=item, panel=panel_with(), by=by)
    take_off_agenda(item=item, by=by)
    put_on_agenda(item=item, panel=panel_with(), by=by)


def test_the_mail_about_a_decision_of_the_panel_says_that_it_is_final():
    """And not until when it can be challenged, as that about an outcome does."""
    case = settled_case()
    decide(on_agenda(challenged(case)), "A")
    told = Notice.objects.get(kind=NoticeKind.OUTCOME, key__startswith="panel ")
    assert "can challenge" not in told.what_to_do
    assert "Its decision is final" in told.what_to_do
