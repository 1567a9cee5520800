"""A new plan is banded under every framework in force, on one screen (rules.md B4)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from banding.choices import DecisionState, FrameworkState
from banding.due import officer_items
from banding.models import BandDecision
from banding.panel.selectors import frameworks_to_decide, new_plans, what_plans_lack
from banding.panel.services import decide_under_several
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import Plan
from tests.banding.helpers import LEVELS
from tests.banding.races import at_once
from tests.factories import BandDecisionFactory, FrameworkFactory, PupilFactory, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = {"effective_from_0": "2", "effective_from_1": "11", "effective_from_2": "2026"}
SAVE = DAY | {"do": "save"}
LONG_AGO = dt.date(2000, 1, 1)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


@pytest.fixture
def both(db):
    """In the order of the screen: by code."""
    new = FrameworkFactory(code="needs", name="Needs framework")
    return new, FrameworkFactory(code="old", name="Old bands")


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def screen(pupil):
    return reverse("banding:panel_every", args=[pupil.pk])


def part(number, band, cl="2", ci="1", **more):
    given = {"level_cl": cl, "level_ci": ci, "band": band} | more
    return {f"framework{number}-{name}": value for name, value in given.items()}


def decided():
    rows = BandDecision.objects.in_force().order_by("framework__code")
    return [(row.framework.code, row.band.code, row.effective_from) for row in rows]


def test_one_screen_saves_a_decision_under_each_framework(officer, pupil, both):
    page = officer.get(screen(pupil))
    assertContains(page, "Needs framework")
    assertContains(page, "Old bands")
    reason = {"difference_reason": "Epilepsy"}
    page = officer.post(screen(pupil), SAVE | part(1, "B") | part(2, "C", **reason), follow=True)
    assertContains(page, "is banded under Needs framework and Old bands.")
    day = dt.date(2026, 11, 2)
    assert decided() == [("needs", "B", day), ("old", "C", day)]


def test_page_of_the_pupil_shows_a_line_over_time_for_each_framework(officer, pupil, both):
    reason = {"difference_reason": "Epilepsy"}
    officer.post(screen(pupil), SAVE | part(1, "B") | part(2, "C", **reason))
    page = officer.get(reverse("schools:pupil_detail", args=[pupil.pk])).content.decode()
    picture = page[page.index("<svg") : page.index("</svg>")]
    before, new = picture.split("Needs framework")
    _, old = before.split("Old bands")
    assert ("Band C" in old, "Band B" in old) == (True, False)
    assert ("Band B" in new, "Band C" in new) == (True, False)


def test_framework_left_empty_is_not_decided(officer, pupil, both):
    officer.post(screen(pupil), SAVE | part(2, "B"))
    assert [code for code, *_ in decided()] == ["old"]


def test_nothing_chosen_at_all_is_told(officer, pupil, both):
    page = officer.post(screen(pupil), SAVE)
    assertContains(page, "Choose levels and a band under at least one framework")


def test_problem_under_one_framework_saves_neither(officer, pupil, both):
    page = officer.post(screen(pupil), SAVE | part(1, "B") | part(2, "", ci=""))
    assertContains(page, "Choose a band under Old bands")
    assertContains(page, 'href="#id_framework2-level_ci')
    assertNotContains(page, "Choose a band under Needs framework")
    assert not BandDecision.objects.exists()


def test_each_framework_has_its_own_suggestion(officer, pupil, both):
    given = part(1, "", cl="3") | part(2, "", cl="1")
    asked = {"headers": {"HX-Request": "true"}}
    first = officer.post(screen(pupil) + "?part=1", given, **asked)
    second = officer.post(screen(pupil) + "?part=2", given, **asked)
    assertContains(first, 'name="framework1-choose"')
    assertContains(first, "Band C")
    assertContains(second, "Band A")
    assertNotContains(second, "<html")


def test_button_takes_the_suggested_band_and_saves_nothing(officer, pupil, both):
    given = DAY | part(1, "", cl="3") | {"framework1-choose": "C"}
    page = officer.post(screen(pupil), given)
    first, second = [each.form for each in page.context["parts"]]
    assert (first.chosen_band, second.chosen_band) == ("C", "")
    assert not BandDecision.objects.exists()


def test_nearest_band_of_the_framework_before_is_shown_to_compare(pupil, both):
    new, old = both
    new.earlier = {"framework": "old", "version": "1", "bands": [{"old": "B", "new": "C"}]}
    new.save()
    BandDecisionFactory(
        return_pupil=None, pupil=pupil, collection=None, school=None, framework=old,
        effective_from=TODAY,
    )  # fmt: skip
    first, second = frameworks_to_decide(pupil, TODAY)
    assert (first.nearest.code, first.nearest.framework, first.before.framework) == ("C", new, old)
    assert second.nearest is None


@pytest.mark.django_db(transaction=True)
def test_same_decisions_sent_many_times_at_once_are_kept_once(school):
    pupil, frameworks = PupilFactory(school=school), [FrameworkFactory(code=c) for c in "xy"]
    by = person(Role.SEND_OFFICER)

    def send():
        choices = {
            each: {
                "levels": LEVELS,
                "band": each.bands.get(code="B"),
                "difference_reason": "",
                "rationale": "",
                "effective_from": TODAY,
            }
            for each in frameworks
        }
        return decide_under_several(pupil=pupil, decisions=choices, by=by)

    at_once([send] * 5)
    assert [code for code, *_ in decided()] == ["x", "y"]
    assert BandDecision.objects.count() == 2


def test_one_refusal_undoes_the_others(pupil, both):
    new, old = both
    choice = {"levels": LEVELS, "difference_reason": "", "rationale": "", "effective_from": TODAY}
    choices = {new: choice | {"band": new.bands.first()}, old: choice | {"band": None}}
    with pytest.raises(RefusalError):
        decide_under_several(pupil=pupil, decisions=choices, by=person(Role.SEND_OFFICER))
    assert not BandDecision.objects.exists()


# New plans that lack one


def lacking(code="", since=LONG_AGO):
    by = person(Role.SEND_OFFICER)
    rows = what_plans_lack(new_plans(by, TODAY, since=since, code=code), TODAY)
    return [[each.code for each in row.lacking] for row in rows]


def under(framework, pupil, **fields):
    return BandDecisionFactory(
        return_pupil=None, pupil=pupil, collection=None, school=None, framework=framework,
        effective_from=TODAY, **fields,
    )  # fmt: skip


def test_new_plan_is_listed_until_it_has_every_band(pupil, both):
    assert lacking() == [["needs", "old"]]
    under(both[0], pupil)
    assert lacking() == [["old"]]
    assert (lacking(code="needs"), lacking(code="old")) == ([], [["old"]])
    under(both[1], pupil)
    assert lacking() == []


def test_draft_or_superseded_decision_is_no_band(pupil, both):
    under(both[0], pupil)
    under(both[1], pupil, state=DecisionState.SUPERSEDED)
    assert lacking() == [["old"]]


def test_framework_that_came_after_the_plan_is_not_lacked(pupil, both):
    FrameworkFactory(code="later", effective_from=TODAY)
    FrameworkFactory(code="retired", state=FrameworkState.RETIRED)
    assert lacking() == [["needs", "old"]]


@pytest.mark.parametrize(
    ("plan", "child"),
    [
        ({"plan_type": "SEN_SUPPORT"}, {}),
        ({"start": TODAY + dt.timedelta(days=1)}, {}),
        ({"end": TODAY - dt.timedelta(days=1)}, {}),
        ({}, {"responsible_la": "998"}),
    ],
)
def test_only_own_pupils_with_an_ehcp_today_are_listed(pupil, both, plan, child):
    for name, value in child.items():
        setattr(pupil, name, value)
    pupil.save()
    Plan.objects.filter(pupil=pupil).update(**plan)
    assert lacking() == []


def test_plan_is_new_for_a_year_unless_another_day_is_chosen(officer, pupil, both):
    Plan.objects.filter(pupil=pupil).update(start=TODAY - dt.timedelta(days=500))
    url = reverse("banding:new_plan_list")
    assertContains(officer.get(url), "Every new plan is banded")
    assert not [item for item in officer_items(officer.user) if item.title == "New plans"]
    given = {"since_0": "1", "since_1": "1", "since_2": str(TODAY.year - 3)}
    assertContains(officer.get(url, given), "Needs framework, Old bands")


def test_home_of_the_officer_counts_new_plans(officer, pupil, both):
    Plan.objects.filter(pupil=pupil).update(start=TODAY)
    [item] = [item for item in officer_items(officer.user) if item.title == "New plans"]
    assert item.text == "1 plan without a band under a framework in force"


@pytest.mark.parametrize("count", [1, 3])
def test_new_plan_list_queries(officer, school, both, count, django_assert_num_queries):
    for _ in range(count):
        PupilFactory(school=school)
    Plan.objects.update(start=TODAY)
    with django_assert_num_queries(11):
        officer.get(reverse("banding:new_plan_list"))
