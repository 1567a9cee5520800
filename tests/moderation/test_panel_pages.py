"""The pages of panels, challenges and outcomes (M5, M11)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding.models import Collection
from banding_portal.roles import Role
from moderation.choices import PanelCaseState
from moderation.due import due_items
from moderation.models import Outcome, Panel, PanelCase
from tests.factories import CollectionFactory, MembershipFactory
from tests.moderation.evidence import judged_case, senco
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
from tests.moderation.world import decided, given_case, lead, works_at

pytestmark = pytest.mark.django_db


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


def date_of(day, name):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_moderator_puts_a_case_to_a_panel(client):
    case = judged_case()
    client.force_login(case.moderator)
    assert page("case_escalate", case.pk) in client.get(page("case_detail", case.pk)).text
    answer = client.post(page("case_escalate", case.pk), {"reason": "Both fit"}, follow=True)
    assert "Put to a panel." in answer.text
    assert "With the panel" in answer.text


def test_lead_calls_a_panel_and_fills_its_agenda(client):
    item = escalated()
    members, today = (officer(), officer()), timezone.localdate()
    client.force_login(lead())
    assert item.case.reference in client.get(page("panel_list")).text
    sent = {"place": "Room 2", "members": [one.pk for one in members]}
    answer = client.post(page("panel_create"), sent | date_of(today, "meets_on"), follow=True)
    panel = Panel.objects.get()
    put = page("panel_case_put", panel.pk, item.pk)
    assert f'action="{put}"' in answer.text
    answer = client.post(put, follow=True)
    assert f"Case {item.case.reference} is on the agenda." in answer.text
    sent |= {"place": "Room 3", "minutes": "All were there."}
    url = page("panel_edit", panel.pk)
    answer = client.post(url, sent | date_of(today, "meets_on"), follow=True)
    assert ("Room 3" in answer.text, "All were there." in answer.text) == (True, True)


def test_minutes_wait_for_who_still_judges(client, school):
    panel = panel_with(officer(), officer())
    Panel.objects.update(minutes="The school’s Band B was upheld.")
    boss = lead()
    MembershipFactory(user=boss, role=Role.MODERATOR, quadrant=school.quadrant)
    client.force_login(boss)
    url = page("panel_detail", panel.pk)
    assert "Band B was upheld" in client.get(url).text
    given_case(decided(CollectionFactory(), school), boss)
    answer = client.get(url).text
    assert ("Band B was upheld" in answer, "once you have judged" in answer) == (False, True)


def test_panel_page_says_who_takes_no_part():
    item = escalated()
    by = lead()
    works_at(by, item.case.decision.school)
    item = on_agenda(item, officer(), officer(), by)
    shown = as_user(lead()).get(page("panel_detail", item.panel_id)).text
    assert f"{by} works or worked for this school." in shown


def test_who_takes_no_part_reads_nothing_of_the_case():
    item = escalated()
    by = item.case.moderator
    item = on_agenda(item, officer(), officer(), by)
    shown = as_user(by).get(page("panel_case_detail", item.pk)).text
    assert "You take no part in this case" in shown
    assert item.case.decision.pupil.reference not in shown
    assert "Judgements and the school" not in shown


def test_member_records_the_decision(client):
    item = on_agenda(challenged(settled_case()))
    members = [seat.person for seat in item.panel.seats.all()]
    client.force_login(members[0])
    shown = client.get(page("panel_case_detail", item.pk)).text
    assert ("It is C." in shown, "Band C" in shown) == (True, True)
    case = item.case
    sent = {
        "band": case.decision.framework.bands.get(code="A").pk,
        "reason_code": "descriptor",
        "reason": "We read everything.",
        "took_part": [one.pk for one in members],
        "minutes": "All agreed.",
        "checked": "1",
    }
    day = date_of(case.decision.effective_from, "effective_from")
    answer = client.post(page("panel_case_decide", item.pk), sent | day, follow=True)
    assert "Decided. This is final for the collection." in answer.text
    assert "All agreed." in answer.text


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"minutes": ""}, "Enter the minutes"),
        ({"reason_code": ""}, "Choose a reason for the change"),
        ({"took_part": []}, "Tick who took part"),
        ({"effective_from_2": "1999"}, "The date must be from"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, left_out, said):
    item = on_agenda(escalated())
    members = [seat.person for seat in item.panel.seats.all()]
    client.force_login(members[0])
    case = item.case
    sent = {
        "band": case.decision.framework.bands.get(code="A").pk,
        "reason_code": "descriptor",
        "reason": "We read everything.",
        "took_part": [one.pk for one in members],
        "minutes": "All agreed.",
        **date_of(case.decision.effective_from, "effective_from"),
    }
    answer = client.post(page("panel_case_decide", item.pk), sent | left_out)
    assert said in answer.text
    item.refresh_from_db()
    assert item.state == PanelCaseState.AGENDA


def test_school_challenges_on_the_page_of_the_outcome(client):
    case = settled_case()
    outcome = outcome_of(case)
    client.force_login(senco(case))
    shown = client.get(page("outcome_detail", outcome.pk)).text
    assert page("outcome_challenge", outcome.pk) in shown
    assert "It describes more." in shown
    url = page("outcome_challenge", outcome.pk)
    answer = client.post(url, {"grounds": "It leaves out the report."}, follow=True)
    assert "Sent. A panel of people who neither judged nor settled it decides." in answer.text
    assert "It leaves out the report." in answer.text
    closed = client.get(url, follow=True)
    assert "An outcome is challenged once." in closed.text


def test_school_reads_what_the_panel_decided(client):
    case = settled_case()
    decide(on_agenda(challenged(case)))
    client.force_login(senco(case))
    shown = client.get(page("outcome_detail", outcome_of(case).pk)).text
    assert "Its decision is final for" in shown
    assert ("The panel read everything." in shown, "Read, discussed, agreed." in shown) == (
        True,
        False,
    )


def test_challenge_too_late_is_told_until_when(client):
    case = settled_case()
    Outcome.objects.update(recorded_at=timezone.now() - dt.timedelta(days=40))
    client.force_login(senco(case))
    answer = client.get(page("outcome_challenge", outcome_of(case).pk), follow=True)
    assert "This outcome could be challenged until" in answer.text


def test_outcomes_are_held_until_the_day_of_feedback(client):
    case = settled_case()
    outcome, row = outcome_of(case), case.decision.return_pupil
    Collection.objects.update(feedback_on=timezone.localdate() + dt.timedelta(days=1))
    client.force_login(senco(case))
    pages = [
        page("outcome_detail", outcome.pk),
        page("outcome_challenge", outcome.pk),
        page("outcome_letter", row.pupil_return_id),
    ]
    assert [client.get(url).status_code for url in pages] == [404, 404, 404]
    assert case.decision.pupil.surname not in client.get(page("outcome_list")).text
    Collection.objects.update(feedback_on=timezone.localdate())
    assert [client.get(url).status_code for url in pages] == [200, 200, 200]
    assert case.decision.pupil.surname in client.get(page("outcome_list")).text


def test_letter_names_each_outcome_and_until_when_to_challenge(client):
    case = settled_case()
    client.force_login(senco(case))
    shown = client.get(page("outcome_letter", case.decision.return_pupil.pupil_return_id)).text
    for words in ("To the headteacher and the SENCO", "It describes more.", "Challenge until"):
        assert words in shown
    other = senco(settled_case())
    url = page("outcome_letter", case.decision.return_pupil.pupil_return_id)
    assert as_user(other).get(url).status_code == 404


def test_lead_tells_schools_from_the_day_of_feedback_on(client):
    case = settled_case()
    person = senco(case)
    client.force_login(lead())
    url = page("outcomes_publish", case.sample_id)
    Collection.objects.update(feedback_on=timezone.localdate() + dt.timedelta(days=1))
    assert "Outcomes are held until" in client.post(url, follow=True).text
    Collection.objects.update(feedback_on=timezone.localdate())
    yesterday = timezone.now() - dt.timedelta(days=1)
    case.decision.moderated_as.update(submitted_at=yesterday)
    for _ in range(2):
        assert "Published to 1 school." in client.post(url, follow=True).text
    told = person.notices.filter(kind="feedback")
    assert [one.path for one in told] == [
        page("outcome_letter", case.decision.return_pupil.pupil_return_id)
    ]


def test_lead_finds_what_waits_for_a_panel_on_home():
    escalated()
    assert "Cases for a panel" in [item.title for item in due_items(lead())]


def test_list_of_outcomes_takes_as_many_queries_for_three(client, django_assert_max_num_queries):
    case = settled_case()
    client.force_login(senco(case))
    client.get(page("outcome_list"))
    with django_assert_max_num_queries(100) as one:
        client.get(page("outcome_list"))
    count = len(one)
    for _ in range(2):
        settled_case(collection=case.sample.collection, school=case.decision.school)
    client.get(page("outcome_list"))  # which writes the letter
    with django_assert_max_num_queries(count):
        assert client.get(page("outcome_list")).text.count("/challenge") == 0
    assert Outcome.objects.count() == 3


def test_list_of_panels_takes_as_many_queries_for_three(client, django_assert_max_num_queries):
    panel_with()
    client.force_login(lead())
    client.get(page("panel_list"))
    with django_assert_max_num_queries(100) as one:
        client.get(page("panel_list"))
    panel_with()
    panel_with()
    with django_assert_max_num_queries(len(one)):
        client.get(page("panel_list"))
    assert (Panel.objects.count(), PanelCase.objects.count()) == (3, 0)
