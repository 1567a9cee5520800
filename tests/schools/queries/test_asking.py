"""A school asks, writes again, and is told; who sees what."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from banding_portal.kept_forms.models import KeptForm
from banding_portal.notices.models import Notice
from banding_portal.notices.services import send_notices
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.working_days import working_days_between
from schools.choices import QueryState
from schools.models import Query
from schools.queries.places import Place, place_of
from schools.queries.selectors import thread_of
from schools.queries.services.answering import add_note, close_query, reply_to_query
from schools.queries.services.asking import ask_query, enter_query, settle_query, write_more
from tests.factories import (
    MembershipFactory,
    PupilFactory,
    QueryFactory,
    ReturnPupilFactory,
    SchoolFactory,
    person,
)
from tests.pages import flat

pytestmark = pytest.mark.django_db
SECRET = "Marmalade"


@pytest.fixture
def senco(school):
    return person(Role.SENCO, school=school)


@pytest.fixture
def officer(db):
    return person(Role.SEND_OFFICER)


def ask(school, by, **given):
    wish = {
        "category": "returns",
        "subject": f"{SECRET} returns",
        "text": f"When is {SECRET} due?",
        "pupil": "",
        "place": Place(),
    }
    return ask_query(school=school, by=by, **(wish | given))


def reply(query, by, text="On Friday", seen=1):
    return reply_to_query(query=query, text=text, seen=seen, by=by)


def test_query_waits_and_is_due_in_working_days(school, senco, settings):
    settings.QUERY_DAYS = 3
    query = ask(school, senco)
    assert (query.state, query.asked_by, query.owner) == (QueryState.OPEN, senco, None)
    assert working_days_between(query.asked_on, query.due_on) == 3


def test_who_answers_is_told_of_a_query_and_once_it_is_theirs_nobody_else(school, senco, officer):
    partner = person(Role.INCLUSION_PARTNER, school=school)
    person(Role.INCLUSION_PARTNER, school=SchoolFactory())
    query = ask(school, senco)
    path = reverse("schools:query_detail", args=[query.pk])
    came = Notice.objects.filter(kind="query_in", title="A query came in", path=path)
    assert {notice.recipient for notice in came} == {partner, officer}
    assert not came.filter(by_mail=True).exists()
    reply(query, partner)
    write_more(query=query, text=f"{SECRET} again", by=senco)
    [more] = Notice.objects.filter(kind="query_in", title__startswith="More about the query of")
    assert (more.recipient, more.path) == (partner, path)


def test_whoever_asked_is_told_once_a_reply_and_nothing_typed_is_in_it(school, senco, officer):
    query = ask(school, senco)
    reply(query, officer, text=f"{SECRET} answer")
    send_notices()
    notice = Notice.objects.get(recipient=senco)
    assert notice.kind == "query"
    assert notice.path == reverse("schools:query_detail", args=[query.pk])
    (message,) = mail.outbox
    assert "was answered" in message.subject
    assert SECRET not in message.subject + message.body
    query.refresh_from_db()
    assert (query.state, query.owner) == (QueryState.ANSWERED, officer)
    assert query.answered_at is not None


def test_school_writes_again_and_the_first_answer_stays_the_first(school, senco, officer):
    query = ask(school, senco)
    answered = reply(query, officer).answered_at
    head = person(Role.HEADTEACHER, school=school)
    write_more(query=query, text="And on Monday?", by=head)
    query.refresh_from_db()
    assert (query.state, query.answered_at) == (QueryState.OPEN, answered)
    reply(query, officer, seen=3)
    told = Notice.objects.filter(kind="query").values_list("recipient", flat=True)
    assert sorted(told) == sorted([senco.pk, senco.pk, head.pk])


def test_reply_written_while_somebody_else_wrote_is_not_sent(school, senco, officer):
    query = ask(school, senco)
    reply(query, officer)
    with pytest.raises(RefusalError, match="while you were writing"):
        reply(query, person(Role.SEND_OFFICER), seen=1)
    assert query.messages.filter(kind="reply").count() == 1


@pytest.mark.parametrize("field", ["subject", "text"])
@pytest.mark.parametrize("told", ["Amira Khan", "Khan, Amira", "A801200001001"])
def test_no_pupil_is_named(school, senco, field, told):
    PupilFactory(school=school, surname="Khan", upn="A801200001001")
    with pytest.raises(RefusalError, match="write the pupil’s reference instead") as refused:
        ask(school, senco, **{field: f"About {told}"})
    assert refused.value.field == field
    assert not Query.objects.exists()


def test_no_date_of_birth_is_told(school, senco):
    pupil = PupilFactory(school=school, forename="Amira", date_of_birth=dt.date(2018, 3, 4))
    ask(school, senco, text="The law of 4 March 2018")
    for text in ("Born 4/3/2018", f"{pupil.surname}, 4 March 2018"):
        with pytest.raises(RefusalError, match="date of birth"):
            ask(school, senco, text=text)


@pytest.mark.parametrize("given", ["999-7", "h801200001009"])
def test_pupil_is_kept_by_reference_alone(school, senco, given):
    PupilFactory(school=school, reference="999-7", upn="H801200001009")
    assert ask(school, senco, pupil=given).pupil_reference == "999-7"


def test_pupil_of_another_school_is_not_known(school, senco):
    pupil = PupilFactory(school=SchoolFactory())
    with pytest.raises(RefusalError, match="no pupil with that reference"):
        ask(school, senco, pupil=pupil.reference)


def test_nobody_asks_for_another_school(senco):
    with pytest.raises(RefusalError, match="that you work for"):
        ask(SchoolFactory(), senco)


def test_page_brings_its_round_and_pupil():
    row = ReturnPupilFactory()
    of = row.pupil_return
    user = person(Role.SENCO, school=of.school)
    path = reverse("banding:decision_edit", args=[row.pk])
    place = place_of(f"{path}?q=Khan", user)
    assert (place.path, place.title) == (path, "Choosing a band for a pupil")
    about = place.about
    assert (about.school, about.collection) == (of.school, of.collection.name)
    assert about.pupil_reference == row.pupil.reference


@pytest.mark.parametrize("path", ["", "//elsewhere.example/", "/no/such/page/", "/" * 500])
def test_what_is_no_page_is_no_place(path, senco):
    assert place_of(path, senco) == Place()


def test_page_of_another_school_tells_nothing(senco):
    row = ReturnPupilFactory()
    place = place_of(reverse("banding:decision_edit", args=[row.pk]), senco)
    assert (place.about.collection, place.about.pupil_reference) == ("", "")


def seen_by(user):
    return set(Query.objects.visible_to(user).values_list("subject", flat=True))


def test_who_sees_which_query(school):
    senco, money = (person(r, school=school) for r in (Role.SENCO, Role.SCHOOL_FINANCE))
    for category in ("bands", "funding", "portal"):
        QueryFactory(school=school, category=category, subject=category, asked_by=senco)
    QueryFactory(school=school, category="bands", subject="own", asked_by=money)
    QueryFactory(category="bands", subject="elsewhere")
    ours = {"bands", "funding", "portal", "own"}
    assert seen_by(senco) == seen_by(person(Role.HEADTEACHER, school=school)) == ours
    assert seen_by(person(Role.INCLUSION_PARTNER, school=school)) == ours
    assert seen_by(money) == {"funding", "own"}
    assert seen_by(person(Role.SEND_OFFICER)) == ours | {"elsewhere"}
    assert seen_by(person(Role.AUDITOR)) == ours | {"elsewhere"}
    assert seen_by(person(Role.ADMINISTRATOR)) == {"portal"}
    assert seen_by(person(Role.FINANCE_OFFICER)) == {"funding"}
    for role in (Role.MODERATION_LEAD, Role.FINANCE_AUTHORISER):
        assert seen_by(person(role)) == set()
    assert seen_by(person(Role.MODERATOR, quadrant=school.quadrant)) == set()


def test_who_judges_blind_reads_no_query_as_administrator_either(quadrant):
    QueryFactory(category="portal")
    both = person(Role.MODERATOR, quadrant=quadrant)
    MembershipFactory(user=both, role=Role.ADMINISTRATOR)
    assert seen_by(both) == set()


def test_internal_note_is_never_the_schools(client, school, senco, officer):
    query = ask(school, senco)
    add_note(query=query, text="Ask finance first", by=officer)
    assert [each.kind for each in thread_of(query, officer)] == ["question", "note"]
    client.force_login(senco)
    assert "Ask finance first" not in client.get(url_of(query)).text
    client.force_login(officer)
    assert "Ask finance first" in client.get(url_of(query)).text
    assert not Notice.objects.filter(kind="query").exists()


def test_partner_answers_for_own_schools_alone(school, senco):
    partner = person(Role.INCLUSION_PARTNER, school=school)
    assert reply(ask(school, senco), partner).state == QueryState.ANSWERED
    with pytest.raises(RefusalError, match="role"):
        reply(QueryFactory(), partner)


def test_nobody_answers_for_the_school_they_work_for(school, senco):
    query = ask(school, senco)
    officer = person(Role.SEND_OFFICER)
    MembershipFactory(user=officer, role=Role.HEADTEACHER, school=school)
    with pytest.raises(RefusalError, match="role"):
        reply(query, officer)


def test_school_is_content(school, senco, officer):
    query = reply(ask(school, senco), officer)
    settle_query(query=query, by=senco)
    with pytest.raises(RefusalError, match="closed"):
        reply(query, officer, seen=2)
    write_more(query=query, text="One thing more", by=senco)
    query.refresh_from_db()
    assert query.state == QueryState.OPEN


def test_closing_what_was_never_answered_needs_words(school, senco, officer):
    query = ask(school, senco)
    with pytest.raises(RefusalError, match="why it is closed"):
        close_query(query=query, text=" ", by=officer)
    close_query(query=query, text="Settled on the telephone", by=officer)
    query.refresh_from_db()
    assert query.state == QueryState.CLOSED
    assert Notice.objects.get(kind="query").recipient == senco


def enter(school, by, **given):
    wish = {
        "category": "returns",
        "subject": "A letter",
        "text": "When is it due?",
        "pupil": "",
        "came_by": "post",
        "asked_on": timezone.localdate(),
        "name": "Jo Marsh",
        "email": "",
    }
    return enter_query(school=school, by=by, **(wish | given))


def test_query_entered_for_a_person_is_theirs(school, senco, officer):
    query = enter(school, officer, email=senco.email.upper())
    assert (query.asked_by, query.entered_by, query.came_by) == (senco, officer, "post")
    reply(query, person(Role.SEND_OFFICER))
    assert [each.recipient for each in Notice.objects.filter(kind="query")] == [senco]


def test_query_of_somebody_without_an_account_tells_nobody(school, officer):
    query = enter(school, officer)
    reply(query, officer)
    assert (query.asker, query.asked_by) == ("Jo Marsh", None)
    assert not Notice.objects.filter(kind="query").exists()


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"email": "nobody@example.org"}, "has that address"),
        ({"name": " "}, "Enter who asked"),
        ({"asked_on": timezone.localdate() + dt.timedelta(days=1)}, "today at the latest"),
        ({"asked_on": timezone.localdate() - dt.timedelta(days=400)}, "within the last year"),
        ({"text": " "}, "Write something"),
    ],
)
def test_what_cannot_be_entered(school, officer, given, match):
    with pytest.raises(RefusalError, match=match):
        enter(school, officer, **given)


def test_partner_enters_for_own_schools_alone(school):
    partner = person(Role.INCLUSION_PARTNER, school=school)
    assert enter(school, partner).school == school
    with pytest.raises(RefusalError, match="do not answer"):
        enter(SchoolFactory(), partner)


def url_of(query):
    return reverse("schools:query_detail", args=[query.pk])


def test_from_any_page_to_the_answer(client, school, senco, officer):
    pupil = PupilFactory(school=school)
    client.force_login(senco)
    page = reverse("schools:pupil_detail", args=[pupil.pk])
    url = f"{reverse('schools:query_create')}?page={page}"
    assert url in client.get(page).text
    shown = flat(client.get(url).text)
    assert "You ask from the page" in shown
    assert f'value="{pupil.reference}"' in shown
    sent = {"category": "pupils", "subject": "A date", "text": "Which date is right?"}
    assert set(client.post(url, {}).context["form"].errors) == {"category", "subject", "text"}
    said = flat(client.post(url, sent | {"pupil": pupil.reference}, follow=True).text)
    assert "The authority has your question" in said
    query = Query.objects.get()
    assert (query.page, query.pupil_reference) == (page, pupil.reference)
    assert "1 query waiting for the authority’s answer" in flat(client.get("/").text)
    client.force_login(officer)
    assert "Queries to answer" in client.get("/").text
    stale = {"text": "The second", "seen": "0"}
    assert "while you were writing" in client.post(url_of(query), stale).text
    said = flat(client.post(url_of(query), stale | {"seen": "1"}, follow=True).text)
    assert f"Your reply is sent. {senco} is told." in said
    client.force_login(senco)
    assert "was answered" in client.get("/").text
    assert "The second" in client.get(url_of(query)).text


def test_what_was_typed_about_one_pupil_never_fills_the_form_about_another(client, school, senco):
    client.force_login(senco)
    one, other = (
        f"{reverse('schools:query_create')}?page={reverse('schools:pupil_detail', args=[pupil.pk])}"
        for pupil in (PupilFactory(school=school), PupilFactory(school=school))
    )
    client.post(one, {"text": "About the first one", "typed": "keep"})
    assert "About the first one" in client.get(one).text
    assert "About the first one" not in client.get(other).text
    assert "About the first one" not in client.get(reverse("schools:query_create")).text
    kept_at = KeptForm.objects.get().path
    assert kept_at in client.get("/").text
    assert "About the first one" in client.get(kept_at).text


def test_person_of_several_schools_chooses_one(client, school, senco):
    other = SchoolFactory()
    MembershipFactory(user=senco, role=Role.SENCO, school=other)
    client.force_login(senco)
    sent = {"category": "bands", "subject": "A date", "text": "Which date is right?"}
    url = reverse("schools:query_create")
    assert set(client.post(url, sent).context["form"].errors) == {"school"}
    client.post(url, sent | {"school": other.pk})
    assert Query.objects.get().school == other


@pytest.mark.parametrize("role", [Role.SEND_OFFICER, Role.SENCO])
@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    sign_in, school, role, count, django_assert_num_queries
):
    for _ in range(count):
        QueryFactory(school=school, owner=person(Role.SEND_OFFICER))
    client = sign_in(role, school=school if role == Role.SENCO else None)
    with django_assert_num_queries(9 if role == Role.SEND_OFFICER else 6):
        client.get(reverse("schools:query_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_any_number(sign_in, count, django_assert_num_queries):
    query = QueryFactory()
    for _ in range(count):
        add_note(query=query, text="A note", by=person(Role.SEND_OFFICER))
    client = sign_in(Role.SEND_OFFICER)
    with django_assert_num_queries(9):
        client.get(url_of(query))


def test_pupil_of_another_school_of_the_same_person_is_not_named(school):
    other = SchoolFactory()
    senco = person(Role.SENCO, school=school)
    senco.memberships.create(role=Role.SENCO, school=other)
    PupilFactory(school=other, forename="Ben", surname="Kowalski")
    with pytest.raises(RefusalError, match="Ben Kowalski"):
        ask_query(
            school=school,
            category="bands",
            subject="Ben Kowalski",
            text="Which band?",
            pupil="",
            place=Place(),
            by=senco,
        )
