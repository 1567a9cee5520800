"""An exercise opened sector by sector: one form, a collection for each sector (decisions/0016)."""

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.collections.services import open_exercise
from banding.collections.terms import Terms
from banding.models import Collection
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.races import at_once
from tests.factories import CollectionFactory, PupilFactory, SchoolFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SPECIAL = TODAY + dt.timedelta(days=60)
MAINSTREAM = TODAY + dt.timedelta(days=30)
URL = "/collections/new/sectors/"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def date_of(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def answers(framework, **given):
    return {
        "name": "Autumn 2026",
        "code": "autumn-2026",
        "framework": str(framework.pk),
        **date_of("reference_date", TODAY),
        **date_of("opens_on", TODAY),
        **date_of("mainstream_deadline", MAINSTREAM),
        **date_of("special_deadline", SPECIAL),
    } | given


def terms(sector, **given):
    days = {"reference_date": TODAY, "opens_on": TODAY, "deadline": MAINSTREAM}
    days |= dict.fromkeys(["processing_from", "moderation_from", "feedback_on"])
    flags = {"allows_no_change": False, "needs_headteacher": False}
    return Terms(**({"name": sector, "sectors": [sector]} | days | flags | given))


def test_address():
    assert reverse("banding:exercise_create") == URL


def test_exercise_is_checked_then_each_sector_gets_its_collection(officer, framework, school):
    PupilFactory(school=school)
    special = SchoolFactory(sector="special")
    for _ in range(2):
        PupilFactory(school=special)
    later = SPECIAL + dt.timedelta(days=20)
    given = answers(framework, needs_headteacher="on") | date_of("special_feedback_on", later)
    text = officer.post(URL, given).text
    assert "Nothing has been opened yet." in text
    assert Collection.objects.count() == 0
    response = officer.post(URL, given | {"open": "1"}, follow=True)
    assert "Autumn 2026 is open for 2 sectors." in response.text
    found = {one.code: one for one in Collection.objects.all()}
    assert {
        code: (one.name, one.kind, one.sectors, one.deadline, one.feedback_on)
        for code, one in found.items()
    } == {
        "autumn-2026-mainstream": (
            "Autumn 2026: Mainstream", "exercise", ["mainstream"], MAINSTREAM, None
        ),
        "autumn-2026-special": ("Autumn 2026: Special", "exercise", ["special"], SPECIAL, later),
    }  # fmt: skip
    assert {one.needs_headteacher for one in found.values()} == {True}
    assert [one.school for one in found["autumn-2026-mainstream"].returns.all()] == [school]
    assert [one.school for one in found["autumn-2026-special"].returns.all()] == [special]
    assert {one.name for one in response.context["page_obj"]} == {
        "Autumn 2026: Mainstream",
        "Autumn 2026: Special",
    }


def test_check_page_counts_each_sector_and_warns(officer, framework, school):
    PupilFactory(school=school)
    there = CollectionFactory(framework=framework, sectors=["mainstream"])
    past = TODAY - dt.timedelta(days=1)
    given = answers(framework) | date_of("opens_on", past) | date_of("mainstream_deadline", past)
    context = officer.post(URL, given).context
    assert (context["schools"], context["pupils"]) == (1, 1)
    assert context["empty"] == ["Special"]
    assert context["past"] == ["Mainstream"]
    assert any(said.startswith(f"{there.name} is open and asks") for said in context["warnings"])


def test_sector_may_have_a_reference_date_and_opening_of_its_own(officer, framework):
    day = TODAY + dt.timedelta(days=7)
    own = date_of("special_reference_date", day) | date_of("special_opens_on", day)
    officer.post(URL, answers(framework, open="1") | own)
    found = Collection.objects.values_list("code", "reference_date", "opens_on")
    assert set(found) == {
        ("autumn-2026-mainstream", TODAY, TODAY),
        ("autumn-2026-special", day, day),
    }


def test_answers_come_back_to_be_changed(officer, framework):
    later = date_of("special_feedback_on", SPECIAL)
    response = officer.post(URL, answers(framework, change="1") | later)
    assert 'value="Autumn 2026"' in response.text
    assert "<title>Error" not in response.text
    shown = {part.sector: part.shows_others for part in response.context["form"].parts}
    assert shown["special"] is True
    assert shown["mainstream"] is False


BEFORE = TODAY - dt.timedelta(days=3)
EMPTY = {f"{sector}_deadline_{at}": "" for sector in ("mainstream", "special") for at in range(3)}


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        (EMPTY, "mainstream_deadline", "Give at least one sector a deadline, like 30 11 2026"),
        (
            date_of("special_deadline", BEFORE),
            "special_deadline",
            "The deadline for Special must be on or after the day it opens",
        ),
        (
            {"special_deadline_0": "31", "special_deadline_1": "2"},
            "special_deadline",
            "The deadline for Special must be a real date, like 30 11 2026",
        ),
        (
            date_of("early_years_feedback_on", SPECIAL),
            "early_years_deadline",
            "Enter the deadline for Early years, or clear its other dates",
        ),
        (
            date_of("special_feedback_on", SPECIAL)
            | date_of("special_moderation_from", MAINSTREAM),
            "special_moderation_from",
            "The moderation week for Special must not begin before the deadline",
        ),
        (
            date_of("special_reference_date", dt.date(2019, 1, 1)),
            "special_reference_date",
            "Test framework starts after the reference date for Special",
        ),
        ({"name": ""}, "name", "Enter the name"),
        ({"code": "a" * 27}, "code", "must be 26 characters or fewer"),
        (date_of("reference_date", dt.date(2019, 1, 1)), "framework", "starts after the reference"),
    ],
)
def test_wrong_answer_is_named_at_its_sector(officer, framework, given, field, message):
    form = officer.post(URL, answers(framework, open="1") | given).context["form"]
    assert any(message in said for said in form.errors[field]), form.errors
    assert Collection.objects.count() == 0


def test_code_in_use_for_one_sector_opens_none(officer, framework):
    CollectionFactory(code="autumn-2026-special")
    form = officer.post(URL, answers(framework, open="1")).context["form"]
    said = "There is a collection with the code autumn-2026-special already"
    assert form.errors == {"code": [said]}
    assert Collection.objects.count() == 1


def test_what_one_sector_is_refused_for_opens_none(framework):
    wrong = terms("special", deadline=BEFORE)
    with pytest.raises(RefusalError, match=r"^Special: The deadline, ") as refused:
        open_exercise(code="autumn-2026", framework=framework, terms=[terms("mainstream"), wrong])
    assert len(refused.value.problems) == 1
    assert Collection.objects.count() == 0


def test_an_exercise_without_a_sector_is_refused(framework):
    with pytest.raises(RefusalError, match="Choose at least one sector"):
        open_exercise(code="autumn-2026", framework=framework, terms=[])


def test_sent_twice_leads_to_what_was_opened(officer, framework):
    """A double click."""
    sent = answers(framework, open="1")
    first, second = (officer.post(URL, sent) for _ in range(2))
    assert first.url == second.url
    assert Collection.objects.count() == 2


def test_other_dates_under_the_same_code_are_not_taken_for_a_double_click(officer, framework):
    officer.post(URL, answers(framework, open="1"))
    other = answers(framework, open="1") | date_of("special_deadline", MAINSTREAM)
    assert officer.post(URL, other).context["form"].errors.keys() == {"code"}


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_opens_each_sector_once(sign_in, framework):
    clients = [sign_in(Role.ADMINISTRATOR) for _ in range(2)]
    jobs = [partial(each.post, URL, answers(framework, open="1")) for each in clients]
    first, second = at_once(jobs)
    assert first.url == second.url
    assert Collection.objects.count() == 2
