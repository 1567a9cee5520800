"""The pages of evidence: the school's own, and what those on the case read (M4, M5)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.due import due_items
from moderation.models import EvidenceDocument
from tests.documents import pdf
from tests.factories import person
from tests.moderation.evidence import add, answered, ask, asked_case, judged_case, senco
from tests.moderation.world import decided, given_case, lead, moderator, works_at

pytestmark = pytest.mark.django_db


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


def test_moderator_asks_on_a_page(client):
    case = judged_case()
    client.force_login(case.moderator)
    shown = client.get(page("case_detail", case.pk)).text
    assert page("case_ask_evidence", case.pk) in shown
    sent = {"message": "Please", "wanted": "- A report\n- A plan", "working_days": "5"}
    answer = client.post(page("case_ask_evidence", case.pk), sent, follow=True)
    assert "Asked. The school has until" in answer.text
    assert "Waiting for evidence" in answer.text
    assert case.evidence_requests.get().wanted == ["A report", "A plan"]


def test_page_of_asking_is_closed_to_who_may_not(client):
    case = asked_case()
    client.force_login(case.moderator)
    answer = client.get(page("case_ask_evidence", case.pk), follow=True)
    assert "asked for evidence" in answer.text


def test_school_answers_on_its_page(client):
    case = asked_case()
    asked, user = case.evidence_requests.get(), senco(case)
    client.force_login(user)
    listed = client.get(page("evidence_list")).text
    assert page("evidence_detail", asked.pk) in listed
    file = SimpleUploadedFile("report.pdf", pdf())
    url = page("evidence_detail", asked.pk)
    answer = client.post(url, {"file": file, "about": "Report of March"}, follow=True)
    assert "Added: Report of March." in answer.text
    remove = page("evidence_remove", asked.documents.get().pk)
    assert f'action="{remove}"' in answer.text
    assert "Take away: Report of March" in answer.text
    sent = {"none_there": "documents", "note": "Page 2"}
    answer = client.post(page("evidence_answer", asked.pk), sent, follow=True)
    assert "Sent. Those who moderate the case can read your answer now." in answer.text
    case.refresh_from_db()
    assert case.state == CaseState.JUDGED


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "The file is empty"),
        ("a.exe", b"MZ", "This type of file cannot be sent"),
    ],
)
def test_file_that_is_not_taken_is_told_at_its_field(client, name, content, said):
    case = asked_case()
    client.force_login(senco(case))
    sent = {"file": SimpleUploadedFile(name, content), "about": "Report"}
    url = page("evidence_detail", case.evidence_requests.get().pk)
    answer = client.post(url, sent)
    assert said in answer.text
    assert "Report" in answer.text
    assert not EvidenceDocument.objects.exists()


def test_document_is_saved_and_never_shown(client):
    case = asked_case()
    asked = answered(case)
    client.force_login(case.moderator)
    answer = client.get(page("evidence_document", asked.documents.get().pk))
    assert b"".join(answer) == pdf()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def status(user, document):
    answer = as_user(user).get(page("evidence_document", document.pk))
    list(answer)
    return answer.status_code


def test_document_is_read_by_those_on_the_case_alone():
    second = moderator()
    case = asked_case(second=second)
    school = senco(case)
    document = add(case.evidence_requests.get(), school)
    nobody_yet = [status(user, document) for user in (case.moderator, second, lead())]
    assert nobody_yet == [404, 404, 404]
    assert status(school, document) == 200
    document.delete()
    document = answered(case, school).documents.get()
    assert [status(user, document) for user in (case.moderator, second, lead())] == [200] * 3
    others = (moderator(case.decision.school.quadrant), senco(judged_case()))
    assert [status(user, document) for user in others] == [404, 404]
    assert status(person(Role.AUDITOR), document) == 403


def test_lead_with_a_connection_reads_no_document():
    case = asked_case()
    document = answered(case).documents.get()
    by = lead()
    works_at(by, case.decision.school)
    by = type(by).objects.get(pk=by.pk)
    answer = as_user(by).get(page("case_detail", case.pk))
    assert "Evidence asked for" not in answer.text
    assert document.about not in answer.text


def test_who_has_cases_left_of_the_sample_reads_no_evidence():
    case = asked_case()
    document = answered(case).documents.get()
    given_case(decided(case.sample.collection, case.decision.school), case.moderator)
    assert status(case.moderator, document) == 404
    shown = as_user(case.moderator).get(page("case_detail", case.pk)).text
    assert "Evidence asked for" not in shown


def test_held_document_is_named_and_not_linked(client, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    case = asked_case()
    document = answered(case).documents.get()
    client.force_login(case.moderator)
    shown = client.get(page("case_detail", case.pk)).text
    assert "Waiting for the virus scan" in shown
    assert page("evidence_document", document.pk) not in shown
    assert status(case.moderator, document) == 404


def test_moderator_withdraws_the_request_on_a_page(client):
    case = asked_case()
    asked = case.evidence_requests.get()
    client.force_login(case.moderator)
    url = page("evidence_withdraw", asked.pk)
    assert url in client.get(page("case_detail", case.pk)).text
    answer = client.post(url, {"because": "Found"}, follow=True)
    assert "Withdrawn. The school is told" in answer.text


def test_headteacher_reads_and_does_not_answer(client):
    case = asked_case()
    head = person(Role.HEADTEACHER, school=case.decision.school)
    client.force_login(head)
    asked = case.evidence_requests.get()
    shown = client.get(page("evidence_detail", asked.pk)).text
    assert page("evidence_answer", asked.pk) not in shown
    assert client.get(page("evidence_answer", asked.pk)).status_code == 403


def test_home_says_what_is_asked_for_and_until_when():
    case = asked_case()
    user = senco(case)
    (item,) = due_items(user)
    asked = case.evidence_requests.get()
    assert (item.title, item.due_on) == ("Evidence asked for", asked.due_on)
    head = person(Role.HEADTEACHER, school=case.decision.school)
    (followed,) = due_items(head)
    assert followed.text == "1 request for your SENCO to answer"
    assert (followed.due_on, followed.is_for_others) == (asked.due_on, True)
    assert followed.url == page("evidence_detail", asked.pk)
    answered(case, user)
    assert due_items(user) == []
    assert due_items(head) == []


def test_lead_is_told_of_overdue_evidence():
    case = asked_case()
    case.evidence_requests.update(due_on="2020-01-01")
    assert "Evidence overdue" in [item.title for item in due_items(lead())]


def test_list_takes_as_many_queries_for_three_as_for_one(client, django_assert_max_num_queries):
    case = asked_case()
    user = senco(case)
    client.force_login(user)
    client.get(page("evidence_list"))
    with django_assert_max_num_queries(100) as one:
        client.get(page("evidence_list"))
    for _ in range(2):
        ask(judged_case(collection=case.sample.collection, school=case.decision.school))
    with django_assert_max_num_queries(len(one)):
        assert client.get(page("evidence_list")).text.count("To be answered") == 3
