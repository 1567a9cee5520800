"""Pages of training cases: blind until the set is locked, then beside what was settled (M12)."""

import pytest
from django.urls import reverse

from banding_portal.roles import Role
from moderation.calibration.models import TrainingJudgement
from tests.factories import CollectionFactory
from tests.moderation.calibration import framework_with_cases, judge_set, training_case
from tests.moderation.world import decided, given_case, lead, moderator

pytestmark = pytest.mark.django_db
LOCK = {"level_cl": "2", "level_ci": "3", "band": "B", "confidence": "sure", "rationale": ""}
HOME = reverse("moderation:calibration")


@pytest.fixture
def framework():
    shown = training_case("seen by all")
    del shown["calibration"]
    found = framework_with_cases()
    found.examples = [shown, *found.examples]
    found.save()
    return found


def begun(client, framework):
    return client.post(reverse("moderation:calibration_start", args=[framework.pk]), follow=True)


def test_a_set_is_judged_case_by_case_and_then_shown_beside_what_was_settled(client, framework):
    client.force_login(moderator())
    page = begun(client, framework)
    assert "Training case 1 of 5" in page.text
    for number in range(1, 6):
        assert f"Training case {number} of 5" in page.text
        assert "Reason " not in page.text.replace("Reason seen by all", "")
        page = client.post(page.request["PATH_INFO"], LOCK, follow=True)
    assert "You are calibrated. It lapses on" in page.text
    assert [page.text.count(f"Reason {number}<") for number in range(1, 6)] == [1] * 5
    assert page.text.count("Differs") == 0  # “ci” is not settled in these
    assert page.text.count("Not settled") == 5


def test_a_draft_is_shown_again_and_what_is_missing_is_named(client, framework):
    client.force_login(moderator())
    url = begun(client, framework).request["PATH_INFO"]
    page = client.post(url, {"draft": "1", "level_cl": "1"}, follow=True)
    assert "Draft saved." in page.text
    assert client.get(url).context["form"].initial["level_cl"] == "1"
    page = client.post(url, {"level_cl": "1"})
    assert "Choose the level that fits best in Communication and interaction" in page.text
    assert "Choose a band" in page.text


def test_a_locked_case_leads_to_its_set(client, framework):
    client.force_login(moderator())
    url = begun(client, framework).request["PATH_INFO"]
    client.post(url, LOCK)
    page = client.get(url, follow=True)
    assert "You have locked your judgement of this training case already." in page.text
    assert "Set of training cases" in page.text


def test_what_is_kept_back_is_on_no_page_of_the_framework(client, framework):
    framework.is_open = True
    framework.save()
    for user in (moderator(), lead()):
        client.force_login(user)
        for name, args in (
            ("framework_detail", [framework.pk]),
            ("framework_booklet", [framework.code, framework.version]),
            ("framework_compare", [framework.pk]),
            ("framework_preview", [framework.pk]),
        ):
            text = client.get(reverse(f"banding:{name}", args=args)).text
            assert "Reason 1" not in text
    client.logout()
    booklet = reverse("banding:framework_booklet", args=[framework.code, framework.version])
    text = client.get(booklet).text
    assert ("Reason seen by all" in text, "Reason 1" in text) == (True, False)


def test_a_case_leads_to_the_training_cases_first(client, framework, school):
    case = given_case(
        decided(CollectionFactory(framework=framework), school), moderator(school.quadrant)
    )
    client.force_login(case.moderator)
    url = reverse("moderation:case_detail", args=[case.pk])
    for page in (client.get(url), client.post(url, LOCK, follow=True)):
        assert "Judge the training cases of Calibrated first." in page.text
        assert HOME in page.text
    for page in (client.get("/"), client.get(reverse("moderation:home"))):
        assert "See your training cases" in page.text
        assert "Judge the next case" not in page.text
    judge_set(case.moderator, framework)
    assert "Lock my judgement" in client.get(url).text


def test_one_sees_ones_own_sets_and_the_lead_how_everybody_stands(client, framework):
    ada, bea = moderator(name="Ada"), moderator(name="Bea")
    own = judge_set(ada, framework)
    judge_set(ada, framework, right=2)
    judge_set(bea, framework)
    client.force_login(ada)
    page = client.get(HOME)
    assert ("Below the threshold" in page.text, "Bea" in page.text) == (True, False)
    assert page.context["own"][0]["shown"].drift is not None
    client.force_login(bea)
    assert client.get(reverse("moderation:calibration_set", args=[own.pk])).status_code == 404
    row = TrainingJudgement.objects.filter(calibration=own).first()
    assert client.get(reverse("moderation:training_case", args=[row.pk])).status_code == 404
    client.force_login(lead())
    page = client.get(HOME)
    rows = page.context["everybody"][0].people
    assert [(row.name, row.band, row.direction) for row in rows] == [
        ("Ada", "2 of 5", "3 higher"),
        ("Bea", "5 of 5", "None"),
    ]
    assert "Reason 1" not in page.text


def test_without_training_cases_the_page_says_how_there_are_some(sign_in):
    client = sign_in(Role.MODERATION_LEAD)
    assert "No training cases yet" in client.get(HOME).text


def test_the_page_needs_the_same_queries_for_more_moderators(
    client, framework, django_assert_max_num_queries
):
    client.force_login(lead())
    judge_set(moderator(), framework)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(25) as captured:
            client.get(HOME)
        counts.append(len(captured))
        judge_set(moderator(), framework, right=3)
        judge_set(moderator(), framework)
    assert counts[0] == counts[1]
