"""Pages of cases: the list, judging, comparing, settling."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from banding.models import BandDecision
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.forms import JudgementForm
from moderation.models import Case, Judgement, Outcome
from moderation.selectors.blind import framework_with_levels
from moderation.selectors.comparison import JudgementComparison, Side
from schools.models import Placement
from tests.factories import CollectionFactory, FrameworkFactory, QuadrantFactory
from tests.moderation.world import decided, given_case, judge, lead, moderator, works_at

pytestmark = pytest.mark.django_db
LOCK = {"level_cl": "2", "level_ci": "3", "band": "", "confidence": "sure", "rationale": "Why"}


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def url_of(case, name="case_detail"):
    return reverse(f"moderation:{name}", args=[case.pk])


def band_of(case, code):
    return case.decision.framework.bands.get(code=code).code


def text_of(page):
    return page.content.decode()


def test_judging_locks_and_shows_both_area_by_area(client, case):
    client.force_login(case.moderator)
    page = client.post(url_of(case), LOCK | {"band": band_of(case, "C")}, follow=True)
    assert "Your judgement is locked." in text_of(page)
    comparison = page.context["comparison"]
    assert [column.heading for column in comparison.columns] == ["You", "School"]
    assert [column.band.code for column in comparison.columns] == ["C", "B"]
    assert [(r.area, [c.code for c in r.cells], r.cells[0].differs) for r in comparison.rows] == [
        ("Cognition and learning", ["2", "2"], False),
        ("Communication and interaction", ["3", "2"], True),
    ]


@pytest.mark.parametrize(
    ("note", "sure", "rows"), [("", "", []), ("More help", "Sure", ["How sure", "Why"])]
)
def test_comparison_has_no_row_that_nobody_filled(note, sure, rows):
    sides = [Side("You", None, {}, note, sure), Side("School", None, {}, "")]
    comparison = JudgementComparison(sides, [], CaseState.JUDGED)
    shown = render_to_string("moderation/_comparison.html", {"comparison": comparison})
    assert re.findall(r'<th scope="row">(How sure|Why)</th>', shown) == rows


def test_judging_without_answers_names_each(client, case):
    client.force_login(case.moderator)
    text = text_of(client.post(url_of(case), {}))
    for problem in (
        "Choose the level that fits best in Cognition and learning",
        "Choose the level that fits best in Communication and interaction",
        "Choose a band",
        "Say how sure you are",
    ):
        assert problem in text
    assert not Judgement.objects.exists()


def test_judging_again_tells_it_is_locked(client, case):
    judge(case, case.moderator)
    client.force_login(case.moderator)
    page = client.post(url_of(case), LOCK | {"band": band_of(case, "A")}, follow=True)
    assert "You have locked your judgement already" in text_of(page)
    assert Judgement.objects.get().band.code == "B"


def test_draft_is_shown_again(client, case):
    client.force_login(case.moderator)
    client.post(url_of(case), {"draft": "1", "level_cl": "1", "band": band_of(case, "A")})
    form = client.get(url_of(case)).context["form"]
    assert form.initial["level_cl"] == "1"
    assert form.initial["band"] == "A"


def test_judging_a_case_given_to_somebody_else_is_not_found(client, case, school):
    client.force_login(moderator(school.quadrant))
    assert client.post(url_of(case), LOCK).status_code == 404


def test_a_case_of_another_quadrant_is_not_found(client, case):
    client.force_login(moderator(QuadrantFactory(code="south")))
    assert client.get(url_of(case)).status_code == 404


def test_a_case_of_a_school_once_worked_for_is_not_found(client, case, school):
    other = moderator(school.quadrant)
    works_at(other, school, ended_on=dt.date(2020, 1, 1))
    client.force_login(other)
    assert client.get(url_of(case)).status_code == 404


def test_a_senco_is_refused(sign_in, case, school):
    client = sign_in(Role.SENCO, school=school)
    assert client.get(url_of(case)).status_code == 403


def test_uphold_settles_and_shows_the_outcome(client, case):
    judge(case, case.moderator)
    client.force_login(case.moderator)
    text = text_of(client.post(url_of(case, "case_uphold"), follow=True))
    assert "Upheld. The school’s band is now the agreed band." in text
    assert Outcome.objects.get().kind == "upheld"


def test_settled_case_leads_to_the_next(client, case, school):
    following = given_case(decided(case.decision.collection, school), case.moderator)
    judge(case, case.moderator)
    client.force_login(case.moderator)
    judge(following, case.moderator)
    page = client.post(url_of(case, "case_uphold"), follow=True)
    assert page.context["next_url"] == url_of(following)
    assert page.context["next_words"] == "Settle the next case"
    assert "You have 1 case left to settle." in page.text


def test_change_settles_with_band_and_reason(client, case):
    judge(case, case.moderator, "C")
    client.force_login(case.moderator)
    day = case.decision.effective_from + dt.timedelta(days=3)
    sent = {
        "band": str(case.decision.framework.bands.get(code="C").pk),
        "reason_code": "need_higher",
        "reason": "More help is needed.",
        "effective_from_0": str(day.day),
        "effective_from_1": str(day.month),
        "effective_from_2": str(day.year),
    }
    check = client.post(url_of(case, "case_change"), sent)
    assert ("Check the change" in check.text, Outcome.objects.exists()) == (True, False)
    assert check.context["sent"] == list(sent.items())
    page = client.post(url_of(case, "case_change"), sent | {"checked": "1"}, follow=True)
    outcome = Outcome.objects.get()
    assert (outcome.band.code, outcome.effective_from) == ("C", day)
    assert "More help is needed." in text_of(page)


def test_change_offers_the_decisions_own_date_and_no_earlier(client, case):
    judge(case, case.moderator, "C")
    client.force_login(case.moderator)
    form = client.get(url_of(case, "case_change")).context["form"]
    assert form["effective_from"].value() == case.decision.effective_from
    page = client.post(
        url_of(case, "case_change"),
        {"effective_from_0": "1", "effective_from_1": "1", "effective_from_2": "2020"},
    )
    text = text_of(page)
    assert "The date must be" in text
    assert "Explain the change, so that the school understands it" in text
    assert not Outcome.objects.exists()


def test_change_before_judging_goes_back_to_the_case(client, case):
    client.force_login(case.moderator)
    assert client.get(url_of(case, "case_change")).url == url_of(case)
    assert client.post(url_of(case, "case_change")).url == url_of(case)


def test_withdraw_is_offered_when_the_pupil_left(client, case):
    client.force_login(case.moderator)
    assert "withdraw" not in text_of(client.get(url_of(case)))
    assert client.get(url_of(case, "case_withdraw")).url == url_of(case)
    Placement.objects.update(end=timezone.localdate() - dt.timedelta(days=1))
    assert "You can withdraw this case" in text_of(client.get(url_of(case)))
    assert "The pupil has left the school." in client.get(url_of(case, "case_withdraw")).text
    client.post(url_of(case, "case_withdraw"))
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED


def test_second_to_settle_is_told_who_was_first(client, case):
    judge(case, case.moderator)
    client.force_login(case.moderator)
    client.post(url_of(case, "case_uphold"))
    client.force_login(lead())
    text = text_of(client.post(url_of(case, "case_uphold"), follow=True))
    assert f"{case.moderator} has settled this case already" in text


def test_an_auditor_reads_but_does_not_write(sign_in, case):
    judge(case, case.moderator)
    client = sign_in(Role.AUDITOR)
    page = client.get(url_of(case))
    assert [column.heading for column in page.context["comparison"].columns] == [
        case.moderator.name,
        "School",
    ]
    for name in ("case_detail", "case_uphold", "case_change", "case_withdraw", "case_assign"):
        assert client.post(url_of(case, name)).status_code == 403


def test_lead_gives_a_case_to_somebody_else(sign_in, case, school):
    other = moderator(QuadrantFactory(code="south"))
    client = sign_in(Role.MODERATION_LEAD)
    sent = {"moderator": str(other.pk)}
    refused = client.post(url_of(case, "case_assign"), sent)
    assert "Say why it is taken from who has it" in refused.text
    client.post(url_of(case, "case_assign"), sent | {"reason": "On long leave."})
    found = Case.objects.get()
    assert (found.moderator, found.given_because) == (other, "On long leave.")


def test_assigning_does_not_offer_people_with_a_conflict(sign_in, case, school):
    works_at(case.moderator, school)
    client = sign_in(Role.MODERATION_LEAD)
    form = client.get(url_of(case, "case_assign")).context["form"]
    assert list(form.fields["moderator"].queryset) == []


def test_list_of_a_moderator_has_their_own_cases(client, case, school):
    given_case(decided(case.decision.collection, school), moderator(school.quadrant))
    client.force_login(case.moderator)
    page = client.get(reverse("moderation:case_list"))
    assert [row["case"].reference for row in page.context["rows"]] == [case.reference]


def test_list_of_the_lead_is_filtered(sign_in, case, school):
    other = given_case(decided(case.decision.collection, school), moderator(school.quadrant))
    judge(other, other.moderator)
    client = sign_in(Role.MODERATION_LEAD)

    def found(**filters):
        page = client.get(reverse("moderation:case_list"), filters)
        return {row["case"].pk for row in page.context["rows"]}

    assert found() == {case.pk, other.pk}
    assert found(state="judged") == {other.pk}
    assert found(sample=case.sample_id) == {case.pk, other.pk}
    assert found(moderator=case.moderator_id) == {case.pk}
    assert found(quadrant=QuadrantFactory(code="south").pk) == set()
    assert found(quadrant=school.quadrant_id) == {case.pk, other.pk}


@pytest.mark.parametrize("role", ["lead", "moderator"])
def test_list_needs_the_same_queries_for_more_cases(
    client, case, school, role, django_assert_max_num_queries
):
    user = lead() if role == "lead" else case.moderator
    client.force_login(user)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as captured:
            client.get(reverse("moderation:case_list"))
        counts.append(len(captured))
        given_case(decided(case.decision.collection, school), case.moderator)
        given_case(decided(case.decision.collection, school), case.moderator)
    assert counts[0] == counts[1]


def test_case_pages_stay_under_thirty_queries(client, case, django_assert_max_num_queries):
    client.force_login(case.moderator)
    with django_assert_max_num_queries(21):
        client.get(url_of(case))
    judge(case, case.moderator)
    with django_assert_max_num_queries(30):
        client.get(url_of(case))


def test_case_that_waits_for_the_second_says_so_to_the_first(client, collection_case):
    first, second, case = collection_case
    url = reverse("moderation:case_detail", args=[case.pk])
    judge(case, first)
    client.force_login(first)
    for page in (client.get(url), client.get(reverse("moderation:case_list"))):
        assert "Waiting for the second moderator" in page.text
    client.force_login(second)
    assert "Waiting for the" not in client.get(reverse("moderation:case_list")).text


@pytest.fixture
def collection_case(school):
    first, second = moderator(), moderator()
    decision = decided(CollectionFactory(), school)
    return first, second, given_case(decision, first, second)


@pytest.mark.parametrize("name", ["case_uphold", "case_withdraw"])
def test_address_of_a_button_leads_back_to_the_case(client, collection_case, name):
    first, _, case = collection_case
    client.force_login(first)
    answer = client.get(reverse(f"moderation:{name}", args=[case.pk]))
    assert answer.url == reverse("moderation:case_detail", args=[case.pk])


def test_words_around_the_descriptors_are_beside_the_judgement(client, case):
    BandDecision.objects.update(framework=FrameworkFactory(code="new", preamble="Read this first."))
    client.force_login(case.moderator)
    assert "Read this first." in text_of(client.get(url_of(case)))


def test_words_by_which_a_level_differs_from_the_one_before_are_marked(db):
    framework = FrameworkFactory()
    area = framework.areas.first()
    first, second = area.levels.all()[:2]
    for level, words in ((first, "some"), (second, "much")):
        type(level).objects.filter(pk=level.pk).update(descriptor=f"Needs {words} help daily.")
    form = JudgementForm(framework=framework_with_levels(framework.pk))
    hints = form.area_fields[0].field.choice_hints
    assert hints[second.code] == 'Needs <mark class="differs">much</mark> help daily.'
    assert form.marks.startswith("Words in bold show where a level differs")
