"""Everything that happened to a case, for who may see it (rules.md M4, M5, M9)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from moderation.choices import CaseKind, ChangeReason, TargetReason
from moderation.models import Case, Sample
from moderation.selectors.case_history import history_of
from moderation.services.assignment import assign_case
from moderation.services.outcomes import uphold_case
from tests.factories import CollectionFactory, QuadrantFactory
from tests.moderation.evidence import asked_case, judged_case
from tests.moderation.panels import challenged, decide, on_agenda, settled_case
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


def told(case, whole=True):
    case = Case.objects.select_related("sample").get(pk=case.pk)
    return [(event.what, event.by, event.detail) for event in history_of(case, whole=whole)]


def whats(case, whole=True):
    return [what for what, _, _ in told(case, whole)]


def url_of(case):
    return reverse("moderation:case_history", args=[case.pk])


@pytest.mark.django_db(transaction=True)
def test_the_whole_life_of_a_challenged_case():
    case = settled_case()
    item = on_agenda(challenged(case))
    decide(item, "A")
    assert whats(case) == [
        "Drawn at random",
        "Judgement locked",
        "Settled: Changed",
        "Published to the school",
        "Challenged by the school",
        "Put on the agenda of a panel",
        "Decided by the panel, final for the collection",
    ]


def test_an_outcome_the_panel_overwrote_stays_with_who_settled_it():
    case = settled_case("C")
    decide(on_agenda(challenged(case)), "A")
    found = {what: (by, detail) for what, by, detail in told(case)}
    assert found["Settled: Changed"] == (str(case.moderator), "Band C")
    assert found["Decided by the panel, final for the collection"][1] == "Band A"


@pytest.mark.django_db(transaction=True)
def test_who_was_given_the_case_and_who_had_it_taken(school):
    first, second, by = moderator(name="Ada"), moderator(name="Bea"), lead(name="Lena")
    case = given_case(decided(CollectionFactory(), school), first)
    assign_case(case=case, by=by, moderator=second, second=None, reason="Ada is ill.")
    taken, given = told(case)[1:]
    assert (taken, given) == (
        ("Taken from Ada", "Lena", "Ada is ill."),
        ("Given to Bea", "Lena", ""),
    )
    assert ("Taken from Ada", "Lena", "") in told(case, whole=False)


@pytest.mark.django_db(transaction=True)
def test_the_draw_comes_first_even_where_the_database_has_the_earlier_clock(school):
    by = lead(name="Lena")
    case = given_case(decided(CollectionFactory(), school), moderator(name="Ada"))
    assign_case(case=case, by=by, moderator=moderator(name="Bea"), second=None)
    Sample.objects.update(drawn_at=timezone.now() + timedelta(seconds=1))
    assert whats(case)[0] == "Drawn at random"


def test_evidence_is_told_with_what_was_wanted():
    case = asked_case()
    found = [(what, detail) for what, _, detail in told(case) if "vidence" in what]
    assert [what for what, _ in found] == ["Evidence asked for"]
    assert "due on" in found[0][1]


def test_without_the_whole_no_band_is_told_and_nothing_after_the_judgements():
    case = settled_case("C")
    assert told(case, whole=False)[1:] == [("Judgement locked", str(case.moderator), "")]


def test_the_page_keeps_what_the_case_page_keeps(client, school):
    first, second = moderator(school.quadrant), moderator(school.quadrant)
    case = given_case(decided(CollectionFactory(), school), first, second)
    client.force_login(first)
    assert client.get(url_of(case)).url == reverse("moderation:case_detail", args=[case.pk])
    judge(case, first, "C")
    page = client.get(url_of(case))
    assert ("Judgement locked" in page.text, "Band C" in page.text) == (True, False)
    judge(case, second, "C")
    assert "Band C" in client.get(url_of(case)).text
    client.force_login(moderator(QuadrantFactory(code="south")))
    assert client.get(url_of(case)).status_code == 404


def test_a_moderator_with_cases_left_reads_no_outcome(client):
    case = judged_case("B")
    waiting = given_case(decided(case.decision.collection, case.decision.school), case.moderator)
    uphold_case(case=case, by=lead())
    client.force_login(case.moderator)
    assert "Upheld" not in client.get(url_of(case)).text
    judge(waiting, case.moderator)
    assert "Settled: Upheld" in client.get(url_of(case)).text


def test_the_page_stays_under_thirty_queries(sign_in, django_assert_max_num_queries):
    case = settled_case()
    decide(on_agenda(challenged(case)), "A")
    client = sign_in(Role.MODERATION_LEAD)
    with django_assert_max_num_queries(30):
        page = client.get(url_of(case))
    assert page.context["whole"] is True
    assert ChangeReason.DESCRIPTOR.label not in page.text


def test_nobody_tells_random_from_chosen_cases_before_their_own_are_judged(client, school):
    """By what is said of the beginning; the lead who judges nothing knows it (M9)."""
    first, second = moderator(school.quadrant), moderator(school.quadrant)
    case = given_case(decided(CollectionFactory(), school), first, second)
    chosen = given_case(
        decided(case.decision.collection, school),
        first,
        second,
        kind=CaseKind.TARGETED,
        target_reason=TargetReason.COMPLAINT,
    )
    beginnings = ("Drawn at random", "Added to the sample")
    for each in (case, chosen):
        judge(each, first)
        client.force_login(first)
        assert not [word for word in beginnings if word in client.get(url_of(each)).text]
        client.force_login(lead())
        assert [word for word in beginnings if word in client.get(url_of(each)).text]
    for each in (case, chosen):
        judge(each, second)
    client.force_login(first)
    assert "Added to the sample" in client.get(url_of(chosen)).text
