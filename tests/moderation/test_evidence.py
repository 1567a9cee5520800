"""Evidence only on request: what is asked, answered, taken back and reminded of (M5)."""

import datetime as dt

import pytest
import time_machine

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, EvidenceState
from moderation.evidence.rules import due_day, is_overdue, reminder_day, wanted_in
from moderation.evidence.services import (
    answer_request,
    remove_evidence,
    tell_of_due_evidence,
    withdraw_request,
)
from moderation.models import EvidenceDocument, EvidenceRequest
from moderation.services.outcomes import uphold_case, withdraw_case
from schools.models import Placement
from tests.moderation.evidence import add, answered, ask, asked_case, judged_case, senco
from tests.moderation.world import lead, moderator, works_at

pytestmark = pytest.mark.django_db


def refused(match):
    return pytest.raises(RefusalError, match=match)


def state_of(case):
    case.refresh_from_db()
    return case.state


def test_due_day_leaves_out_weekends_and_bank_holidays():
    assert due_day(dt.date(2026, 12, 23), 3) == dt.date(2026, 12, 30)


def test_reminder_comes_two_working_days_before():
    assert reminder_day(dt.date(2026, 11, 30)) == dt.date(2026, 11, 26)


@pytest.mark.parametrize(("day", "late"), [(4, False), (5, True)])
def test_evidence_is_in_time_on_its_due_day(day, late):
    assert is_overdue(dt.date(2026, 12, 4), dt.date(2026, 12, day)) is late


def test_list_of_what_is_wanted_is_one_a_line():
    assert wanted_in(" - A report \n\n• A  plan\nA report\n") == ["A report", "A plan"]


def test_case_waits_for_what_the_school_is_asked():
    case = judged_case()
    asked = ask(case)
    assert (state_of(case), asked.state) == (CaseState.EVIDENCE, EvidenceState.ASKED)
    assert "asked for evidence" in case_actions(case, case.moderator).why_not("uphold")[0]


def test_nobody_asks_before_everybody_has_judged():
    case = judged_case(second=moderator())
    case.state = CaseState.ASSIGNED
    case.save()
    with refused("everybody who judges"):
        ask(case)


def test_both_moderators_of_a_dispute_and_a_lead_may_ask():
    case = judged_case()
    for by in (case.moderator, lead()):
        assert case_actions(case, by).may("ask_evidence")
    assert not case_actions(case, moderator()).may("ask_evidence")


def test_lead_with_a_connection_does_not_ask():
    case, by = judged_case(), lead()
    works_at(by, case.decision.school)
    with refused("cannot ask for evidence"):
        ask(case, by)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wanted": []}, "one thing on each line"),
        ({"wanted": ["x"] * 11}, "10 things at most. You have entered 11"),
        ({"working_days": 0}, "1 to 30"),
        ({"working_days": 31}, "1 to 30"),
    ],
)
def test_what_makes_no_sense_is_refused(given, said):
    with refused(said):
        ask(judged_case(), **given)
    assert not EvidenceRequest.objects.exists()


def test_one_thing_is_asked_at_a_time():
    case = asked_case()
    with refused("has been asked for evidence"):
        ask(case)


def test_school_is_told_without_the_name_of_the_pupil():
    case = judged_case()
    person = senco(case)
    ask(case)
    told = Notice.objects.get(kind=NoticeKind.EVIDENCE, recipient=person)
    assert "evidence is asked for about one of your pupils" in told.title
    assert case.decision.pupil.surname not in told.title
    assert told.by_mail


def test_answer_lets_the_case_be_settled():
    case = asked_case()
    asked = answered(case, note="Both pages matter.")
    assert (state_of(case), asked.note) == (CaseState.JUDGED, "Both pages matter.")
    assert Notice.objects.filter(kind=NoticeKind.EVIDENCE_IN, recipient=case.moderator).count() == 1
    assert case_actions(case, case.moderator).may("uphold")


def test_school_may_say_that_there_is_none_and_why():
    case = asked_case()
    asked, by = case.evidence_requests.get(), senco(case)
    with refused("Say why there is none"):
        answer_request(asked=asked, none_there=True, note=" ", by=by)
    answer_request(asked=asked, none_there=True, note="It is not written yet.", by=by)
    assert state_of(case) == CaseState.JUDGED


def test_answer_without_a_document_is_refused():
    case = asked_case()
    with refused("Add a document first"):
        answer_request(
            asked=case.evidence_requests.get(), none_there=False, note="", by=senco(case)
        )


def test_none_beside_documents_is_refused():
    case = asked_case()
    asked, by = case.evidence_requests.get(), senco(case)
    add(asked, by)
    with refused("You have added documents"):
        answer_request(asked=asked, none_there=True, note="None", by=by)


def test_document_is_taken_away_until_the_answer_is_sent():
    case = asked_case()
    asked, by = case.evidence_requests.get(), senco(case)
    remove_evidence(document=add(asked, by), by=by)
    assert not EvidenceDocument.objects.exists()
    answered(case, by)
    with refused("answered already"):
        remove_evidence(document=EvidenceDocument.objects.get(), by=by)
    with refused("answered already"):
        add(asked, by)


def test_another_school_neither_sees_nor_answers():
    case = asked_case()
    other = senco(judged_case())
    asked = case.evidence_requests.get()
    assert not EvidenceRequest.objects.visible_to(other).exists()
    with refused("role does not let you"):
        answer_request(asked=asked, none_there=True, note="None", by=other)


def test_withdrawn_request_leaves_the_case_to_be_settled_and_tells_the_school():
    case = judged_case()
    person = senco(case)
    asked = ask(case)
    with refused("Say why"):
        withdraw_request(asked=asked, because=" ", by=case.moderator)
    withdraw_request(asked=asked, because="We found it.", by=case.moderator)
    assert state_of(case) == CaseState.JUDGED
    titles = Notice.objects.filter(recipient=person).values_list("title", flat=True)
    assert any("no longer asked for" in title for title in titles)
    with refused("withdrawn this request"):
        answer_request(asked=asked, none_there=True, note="None", by=person)
    ask(case)


def test_withdrawn_case_takes_its_request_with_it():
    case = asked_case()
    Placement.objects.filter(pupil=case.decision.pupil).update(
        start=dt.date(2019, 1, 1), end=dt.date(2020, 1, 1)
    )
    withdraw_case(case=case, by=case.moderator)
    assert case.evidence_requests.get().state == EvidenceState.WITHDRAWN


def test_settling_waits_for_the_answer():
    case = asked_case()
    with refused("asked for evidence"):
        uphold_case(case=case, by=case.moderator, reason="It stands.")


def titles_of(person):
    return [one.title for one in Notice.objects.filter(recipient=person).order_by("pk")][1:]


def test_school_is_reminded_once_and_told_once_when_overdue():
    with time_machine.travel(dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)):
        case = judged_case()
        person = senco(case)
        asked = ask(case, working_days=5)
    assert asked.due_on == dt.date(2026, 11, 9)
    days = (3, 4, 5, 6, 9, 10, 11)
    told = [tell_of_due_evidence(on=dt.date(2026, 11, day)) for day in days]
    assert told == [0, 0, 1, 1, 1, 1, 1]
    assert [title.split(": ")[1] for title in titles_of(person)] == [
        "evidence about one of your pupils is due on 9 November 2026",
        "evidence about one of your pupils is overdue",
    ]
    late = Notice.objects.get(recipient=case.moderator, kind=NoticeKind.EVIDENCE_IN)
    assert "overdue" in late.title


def test_overdue_request_says_so_and_can_still_be_answered():
    case = asked_case()
    case.evidence_requests.update(due_on=dt.date(2020, 1, 1))
    asked = case.evidence_requests.get()
    assert (asked.state_label, asked.state_colour) == ("Overdue", "red")
    assert EvidenceRequest.objects.overdue().count() == 1
    answered(case)
    assert EvidenceRequest.objects.overdue().count() == 0
