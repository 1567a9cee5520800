"""Owner, due date, merging, questions for every school, times to answer."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.working_days import working_day_after
from schools.choices import QueryCategory, QueryState
from schools.models import PublishedQuestion, Query
from schools.queries.due import query_items, work_of
from schools.queries.selectors import possible_owners, report_of, thread_of
from schools.queries.services.answering import (
    arrange_query,
    close_query,
    reopen_query,
    reply_to_query,
    take_query,
)
from schools.queries.services.asking import write_more
from schools.queries.services.merging import merge_query, separate_query
from schools.queries.services.publishing import (
    change_question,
    publish_question,
    withdraw_question,
)
from tests.factories import MembershipFactory, PupilFactory, QueryFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEXT = working_day_after(TODAY, 3)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def query(school):
    return QueryFactory(school=school, category="bands")


def arrange(query, by, **given):
    wish = {"category": query.category, "owner": query.owner, "due_on": query.due_on}
    return arrange_query(query=query, by=by, **(wish | given))


def test_query_is_taken_on_and_given_to_somebody_else(query, officer):
    take_query(query=query, by=officer)
    query.refresh_from_db()
    assert query.owner == officer
    with pytest.raises(RefusalError, match="already"):
        take_query(query=query, by=officer)
    assert [item.text for item in work_of(officer)] == ["1 query to answer"]
    partner = person(Role.INCLUSION_PARTNER, school=query.school)
    arrange(query, officer, owner=partner, due_on=NEXT)
    query.refresh_from_db()
    assert (query.owner, query.due_on) == (partner, NEXT)
    assert work_of(officer) == []


def test_owner_answers_the_category(query, officer):
    finance, admin = person(Role.FINANCE_OFFICER), person(Role.ADMINISTRATOR)
    person(Role.INCLUSION_PARTNER, school=SchoolFactory())
    assert set(possible_owners(query)) == {officer}
    with pytest.raises(RefusalError, match="does not answer queries about") as refused:
        arrange(query, officer, owner=finance)
    assert refused.value.field == "owner"
    arrange(query, officer, owner=finance, category=QueryCategory.FUNDING)
    with pytest.raises(RefusalError):
        arrange(query, officer, owner=admin, category=QueryCategory.FUNDING)


@pytest.mark.parametrize(
    "due_on",
    [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=400), dt.date(2026, 12, 25)],
)
def test_day_due_is_a_working_day_to_come(query, officer, due_on):
    with pytest.raises(RefusalError) as refused:
        arrange(query, officer, due_on=due_on)
    assert refused.value.field == "due_on"


def test_late_query_keeps_its_day_while_other_things_change(officer):
    query = QueryFactory(due_on=TODAY - dt.timedelta(days=9))
    assert arrange(query, officer, category="bands").category == "bands"


def test_opened_again_it_is_due_anew(query, officer, settings):
    settings.QUERY_DAYS = 4
    close_query(query=query, text="Settled", by=officer)
    reopen_query(query=query, by=officer)
    query.refresh_from_db()
    assert (query.state, query.due_on) == (QueryState.OPEN, working_day_after(TODAY, 4))


def test_merged_query_is_answered_in_the_other(query, officer):
    other = QueryFactory(school=query.school, subject="The same")
    merge_query(query=query, into=other, by=officer)
    query.refresh_from_db()
    with pytest.raises(RefusalError, match="was merged into “The same”"):
        reply_to_query(query=query, text="Yes", seen=1, by=officer)
    reply_to_query(query=other, text="Yes", seen=2, by=officer)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told == {query.asked_by_id, other.asked_by_id}
    assert len(thread_of(other, query.asked_by)) == 3


def test_merged_queries_follow_into_a_third(query, officer):
    second, third = (QueryFactory(school=query.school) for _ in range(2))
    merge_query(query=query, into=second, by=officer)
    merge_query(query=second, into=third, by=officer)
    assert set(third.merged.all()) == {query, second}


def test_taken_apart_it_stands_as_before(query, officer):
    other = QueryFactory(school=query.school)
    merge_query(query=query, into=other, by=officer)
    separate_query(query=query, by=officer)
    query.refresh_from_db()
    assert (query.state, query.merged_into) == (QueryState.OPEN, None)
    with pytest.raises(RefusalError, match="not merged"):
        separate_query(query=query, by=officer)


def test_taken_apart_it_still_waits_where_the_school_wrote_last(query, officer):
    other = QueryFactory(school=query.school)
    reply_to_query(query=query, text="Yes", seen=1, by=officer)
    write_more(query=query, text="Still not clear", by=query.asked_by)
    merge_query(query=query, into=other, by=officer)
    separate_query(query=query, by=officer)
    query.refresh_from_db()
    assert query.state == QueryState.OPEN


def test_what_waits_still_waits_once_merged_into_an_answered_query(query, officer):
    other = QueryFactory(school=query.school)
    reply_to_query(query=other, text="Yes", seen=1, by=officer)
    merge_query(query=query, into=other, by=officer)
    other.refresh_from_db()
    assert other.state == QueryState.OPEN


def test_queries_of_two_schools_are_never_merged(query, officer):
    QueryFactory(school=query.school)
    with pytest.raises(RefusalError, match="of the same school"):
        merge_query(query=query, into=QueryFactory(), by=officer)
    closed = QueryFactory(school=query.school)
    close_query(query=closed, text="Settled", by=officer)
    with pytest.raises(RefusalError, match="of the same school"):
        merge_query(query=query, into=closed, by=officer)


def test_asker_who_could_not_read_the_other_keeps_their_own(query, officer):
    money = person(Role.SCHOOL_FINANCE, school=query.school)
    theirs = QueryFactory(school=query.school, category="funding", asked_by=money)
    with pytest.raises(RefusalError, match="may not read the other"):
        merge_query(query=theirs, into=query, by=officer)
    merge_query(query=query, into=theirs, by=officer)


def publish(query, by, **given):
    words = {"category": "bands", "question": "Which day counts?", "answer": "The first."}
    return publish_question(query=query, by=by, **(words | given))


def test_published_answer_is_read_by_every_school(client, query, officer):
    reply_to_query(query=query, text="The first day of term.", seen=1, by=officer)
    client.force_login(officer)
    page = reverse("schools:query_publish", args=[query.pk])
    shown = client.get(page).context["form"].initial
    assert (shown["question"], shown["answer"]) == (query.subject, "The first day of term.")
    client.post(page, {"category": "bands", "question": "Which?", "answer": "The first."})
    question = PublishedQuestion.objects.get()
    assert (question.query, question.published_by) == (query, officer)
    client.force_login(person(Role.SENCO, school=SchoolFactory()))
    assert "The first." in client.get(reverse("schools:question_list")).text
    assert "Which?" in client.get("/find/?q=which", follow=True).text
    assert "Perhaps it is answered already" in client.get(reverse("schools:query_create")).text


def test_reply_to_one_school_is_rewritten_for_all_or_said_to_fit(client, query, officer):
    reply_to_query(query=query, text="Your first day of term.", seen=1, by=officer)
    client.force_login(officer)
    page = reverse("schools:query_publish", args=[query.pk])
    same = {"category": "bands", "question": "Which?", "answer": " your First day of term."}
    shown = client.post(page, same)
    assert "word for word what one school was told" in shown.text
    assert not PublishedQuestion.objects.exists()
    client.post(page, same | {"sure": "on"})
    assert PublishedQuestion.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        *("Elm Tree Primary", "Elm Tree", "Elm  Tree’s SENCO", "<b>Elm</b> Tree", "URN 199123"),
        *("872/2345", "872 2345", "Amira Khan", "Amira J. Khan", "pupil 999-7", "A801200001001"),
    ],
)
def test_published_answer_tells_neither_school_nor_pupil(officer, told):
    school = SchoolFactory(
        name="Elm Tree Primary", urn="199123", la_code="872", establishment_number="2345"
    )
    PupilFactory(school=school, surname="Khan")
    query = QueryFactory(school=school, pupil_reference="999-7")
    for field in ("question", "answer"):
        with pytest.raises(RefusalError, match="Take out") as refused:
            publish(query, officer, **{field: f"Yes, {told}: the first."})
        assert refused.value.field == field
    assert not PublishedQuestion.objects.exists()


def test_question_of_nobody_is_changed_and_taken_off(officer):
    question = publish(None, officer)
    with pytest.raises(RefusalError, match="UPN"):
        publish(None, officer, answer="A801200001001")
    change_question(question=question, category="other", words="When?", answer="Now", by=officer)
    question.refresh_from_db()
    assert (question.category, question.question, question.answer) == ("other", "When?", "Now")
    withdraw_question(question=question, by=officer)
    assert not PublishedQuestion.objects.exists()
    with pytest.raises(RefusalError, match="in the meantime"):
        withdraw_question(question=question, by=officer)


def test_only_officers_and_administrators_publish(query):
    partner = person(Role.INCLUSION_PARTNER, school=query.school)
    with pytest.raises(RefusalError):
        publish(query, partner)
    question = publish(None, person(Role.ADMINISTRATOR))
    with pytest.raises(RefusalError):
        withdraw_question(question=question, by=partner)


def test_nothing_is_published_before_it_is_answered(client, query, officer):
    client.force_login(officer)
    said = client.get(reverse("schools:query_publish", args=[query.pk]), follow=True).text
    assert "Answer the query first" in said


def test_home_counts_what_waits_is_yours_and_late(officer):
    QueryFactory(due_on=TODAY - dt.timedelta(days=1))
    QueryFactory(owner=officer)
    QueryFactory(state=QueryState.ANSWERED)
    (item,) = query_items(officer)
    assert item.text == "2 queries, 1 of them yours, 1 late"
    assert item.due_on == TODAY - dt.timedelta(days=1)
    assert list(query_items(person(Role.AUDITOR))) == []


def test_late_and_mine_are_found_in_the_list(client, officer):
    mine, late = QueryFactory(owner=officer), QueryFactory(due_on=TODAY - dt.timedelta(days=1))
    client.force_login(officer)

    def listed(**asked):
        page = client.get(reverse("schools:query_list"), asked)
        return list(page.context["page_obj"])

    assert listed() == [late, mine]
    assert listed(owner="me") == [mine]
    assert listed(owner="nobody") == [late]
    assert listed(school=late.school.pk) == [late]
    assert listed(state="closed") == listed(category="funding") == []
    assert "Late" in client.get(reverse("schools:query_list")).text


def test_pages_of_one_query_lead_on(client, query, officer):
    client.force_login(officer)
    other = QueryFactory(school=query.school)
    pages = {name: reverse(f"schools:query_{name}", args=[query.pk]) for name in WAYS}
    for name in ("note", "arrange", "close", "merge"):
        assert client.get(pages[name]).status_code == 200
    client.post(pages["take"])
    client.post(pages["note"], {"text": "Ask finance"})
    day = {f"due_on_{at}": getattr(NEXT, part) for at, part in enumerate(("day", "month", "year"))}
    client.post(pages["arrange"], {"category": "returns", "owner": officer.pk, **day})
    client.post(pages["merge"], {"into": other.pk})
    query.refresh_from_db()
    assert (query.category, query.due_on, query.merged_into) == ("returns", NEXT, other)
    client.post(pages["separate"])
    assert "Tell the school why" in client.post(pages["close"], {"text": ""}).text
    client.post(pages["close"], {"text": "Settled"})
    query.refresh_from_db()
    assert query.state == QueryState.CLOSED
    client.post(pages["reopen"])
    client.force_login(query.asked_by)
    said = client.post(reverse("schools:query_settle", args=[query.pk]), follow=True).text
    assert "The query is closed" in said


WAYS = ("take", "note", "arrange", "merge", "separate", "close", "reopen")


def test_query_entered_for_a_school_on_its_page(client, school, officer):
    client.force_login(officer)
    url = reverse("schools:query_enter")
    given = {"school": school.pk, "came_by": "telephone", "name": "Jo Marsh", "category": "bands"}
    given |= {"subject": "A date", "text": "Which?"}
    given |= {"asked_on_0": TODAY.day, "asked_on_1": TODAY.month, "asked_on_2": TODAY.year}
    said = flat(client.post(url, given, follow=True).text)
    assert "is in the list, to be answered" in said
    assert "Jo Marsh, entered by" in said


def test_handing_on_what_one_does_not_answer_leads_to_the_list(client):
    query = QueryFactory(category="other")
    client.force_login(person(Role.FINANCE_OFFICER))
    day = {f"due_on_{at}": getattr(NEXT, part) for at, part in enumerate(("day", "month", "year"))}
    url = reverse("schools:query_arrange", args=[query.pk])
    assert client.post(url, {"category": "bands", **day})["Location"] == "/queries/"


@pytest.mark.parametrize("count", [1, 3])
def test_report_takes_the_same_queries_for_any_number(sign_in, count, django_assert_num_queries):
    for _ in range(count):
        QueryFactory(answered_at=timezone.now(), state=QueryState.ANSWERED)
    client = sign_in(Role.SEND_OFFICER)
    with django_assert_num_queries(4):
        page = client.get(reverse("schools:query_times"))
    assert page.context["total"].answered == count


@pytest.mark.parametrize("count", [1, 3])
def test_questions_take_the_same_queries_for_any_number(
    sign_in, officer, count, django_assert_num_queries
):
    for _ in range(count):
        publish(None, officer)
    client = sign_in(Role.SEND_OFFICER)
    with django_assert_num_queries(5):
        client.get(reverse("schools:question_list"))


def test_report_leaves_out_what_is_old_or_merged(officer):
    QueryFactory()
    other = QueryFactory()
    QueryFactory(asked_on=TODAY - dt.timedelta(days=400))
    twin = QueryFactory(school=other.school)
    merge_query(query=twin, into=other, by=officer)
    assert Query.objects.count() == 4
    assert report_of(officer, TODAY - dt.timedelta(days=365), 5)[-1].asked == 2


def test_query_is_settled_by_its_school_alone(client, query):
    """Who is SENCO of one school and Inclusion Partner of another sees both schools' queries."""
    both = person(Role.SENCO, school=SchoolFactory())
    MembershipFactory(user=both, role=Role.INCLUSION_PARTNER, school=query.school)
    client.force_login(both)
    assert client.get(reverse("schools:query_detail", args=[query.pk])).status_code == 200
    assert client.post(reverse("schools:query_settle", args=[query.pk])).status_code == 403
    query.refresh_from_db()
    assert query.state == QueryState.OPEN
