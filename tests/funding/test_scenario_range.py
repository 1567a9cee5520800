"""The cost as a range: drawn at random, the same for the same seed (rules.md F14)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banding.found_moves import FoundMove, FoundMoves
from banding_portal.roles import Role
from funding.models import CaseloadReading
from funding.scenarios import doubting
from funding.scenarios.ranging import short
from funding.scenarios.selectors import states_for
from funding.scenarios.simulating import Coming, Doubts, Found, Growing, simulate
from tests.funding.test_scenario_pages import stored, url, year  # noqa: F401
from tests.pages import flat

CERTAIN = Doubts([1000.0, 2000.0, 3000.0], per_cent=0.0, growing=Growing(0, 0))


def test_without_doubt_there_is_no_range():
    assert simulate(CERTAIN, 1).years == [[1000.0] * 5, [2000.0] * 5, [3000.0] * 5]
    assert simulate(CERTAIN, 1).causes == {}


def test_the_same_seed_gives_the_same_range_and_another_another():
    doubts = replace(CERTAIN, growing=Growing(0, 4), per_cent=5.0)
    assert simulate(doubts, 7) == simulate(doubts, 7)
    assert simulate(doubts, 7) != simulate(doubts, 8)


def test_growth_lies_between_its_ends_19_times_of_20():
    """£5 for a per cent between 0 and 4: £1,000 to £1,020, £1,010 in the middle; then it builds
    up: by the middle of the third year (1.02² × 1.01 − 1) of £3,000 is £152.41.
    """
    found = simulate(replace(CERTAIN, growing=Growing(0, 4), per_cent=5.0), 1)
    low, _, middle, _, high = found.years[0]
    assert low == pytest.approx(1000, abs=1)
    assert middle == pytest.approx(1010, abs=0.5)
    assert high == pytest.approx(1020, abs=1)
    assert found.years[2][2] == pytest.approx(3152.4, abs=5)
    assert found.years[2][4] - found.years[2][0] > found.years[1][4] - found.years[1][0] > 40


def test_nobody_loses_more_than_every_pupil():
    doubts = replace(CERTAIN, growing=Growing(-100, -100), per_cent=10.0)
    assert simulate(doubts, 1).years == [[0.0] * 5, [0.0] * 5, [0.0] * 5]
    wide = simulate(replace(doubts, growing=Growing(-100, 60)), 1)
    assert min(row[0] for row in wide.years) >= 0


def test_who_comes_each_month_varies_as_chance_does_and_stays():
    """Four a month for £12, £1 a month of the year left: 4 × 78 = £312 on average in the first
    year; in the second 48 × £12 more.
    """
    months = [12.0 - month for month in range(12)]
    found = simulate(replace(CERTAIN, coming=[Coming(4, 0, 12.0, months)]), 1)
    assert found.years[0][2] == pytest.approx(1312, rel=0.01)
    assert found.years[1][2] == pytest.approx(2000 + 312 + 48 * 12, rel=0.01)
    deviation = (4 * sum(each**2 for each in months)) ** 0.5
    assert found.years[0][4] - 1312 == pytest.approx(1.96 * deviation, rel=0.1)
    leaving = simulate(replace(CERTAIN, coming=[Coming(0, 4, 12.0, months)]), 1)
    assert leaving.years[0][2] == pytest.approx(1000 - 4 * 66, rel=0.01)


def test_pupils_without_a_band_spread_around_their_mean():
    found = simulate(replace(CERTAIN, unbanded=(100.0, 10.0), unbanded_years=2.0), 1)
    assert found.years[0][2] == pytest.approx(1100, rel=0.01)
    assert found.causes["unbanded"][4] == pytest.approx(119.6, rel=0.02)
    assert found.years[1][2] == pytest.approx(2200, rel=0.01)


def test_what_moderation_found_is_carried_to_the_others_and_drawn_in():
    """100 of 400 judged, 10 of them changed by £50: 400 × 0.1 × £50 = £2,000, of which £500 is
    agreed already. The standard deviation is 400 × £50 × √(0.09 ÷ 100) × √(1 − ¼) = £520.
    """
    cases = [Found(4.0, 50.0)] * 10 + [Found(4.0, 0.0)] * 90
    doubts = replace(CERTAIN, found=cases, population=400, already=[True] * 10 + [False] * 90)
    low, _, middle, _, high = simulate(doubts, 1).causes["moderation"]
    assert middle == pytest.approx(1500, abs=60)
    assert (high - low) / 2 == pytest.approx(1.96 * 520, rel=0.08)
    assert high > middle > low


def test_all_judged_leaves_nothing_to_doubt():
    cases = [Found(1.0, 50.0)] * 10 + [Found(1.0, 0.0)] * 90
    already = [True] * 10 + [False] * 90
    found = simulate(replace(CERTAIN, found=cases, population=100, already=already), 1)
    assert found.years[0] == [1000.0] * 5


def test_how_often_the_budget_does_not_do():
    doubts = replace(CERTAIN, growing=Growing(-2, 2), per_cent=5.0, budget=1000.0)
    assert simulate(doubts, 1).over == pytest.approx(0.5, abs=0.03)
    assert simulate(CERTAIN, 1).over is None


def test_words_beside_the_axis():
    assert [short(1_500_000, 4e6), short(-2_000, 9_000)] == ["£1.5m", "−£2k"]


@pytest.fixture
def finance(sign_in):
    return sign_in(Role.FINANCE_OFFICER)


pytestmark = pytest.mark.django_db


def test_page_shows_the_years_and_where_the_range_comes_from(finance, year):  # noqa: F811
    scenario = stored(finance.user, budget=5000, growth={"percent": 2})
    answer = finance.get(url(scenario, "range"))
    page = flat(answer.content.decode())
    for words in ("2026-27", "2027-28", "2028-29", "More or fewer pupils", "budget of £5,000.00"):
        assert words in page
    assert 'name="least" value="1"' in page
    assert "Every pupil with a plan has an agreed band" in page
    certain = finance.get(url(scenario, "range") + "?least=0&most=0&seed=1")
    assert "£5,000</td>" in flat(certain.content.decode())


def test_what_moderation_found_counts_at_the_values_of_the_scenario(
    finance,
    year,  # noqa: F811
    monkeypatch,
):
    """From A (£2,240) to B (£3,000 in the scenario): £760 for each of the two decisions."""
    moves = [FoundMove(Fraction(2), "mainstream", "A", "B", is_settled=False)]
    found = FoundMoves("Autumn", None, 2, moves)
    monkeypatch.setattr(doubting, "moves_found", lambda known: found)
    scenario = stored(finance.user)
    doubted = doubting.doubts_of(*states_for(scenario), Growing(0, 0))
    assert doubted.doubts.found == [Found(2.0, 760.0)]
    page = flat(finance.get(url(scenario, "range") + "?least=0&most=0&seed=1").content.decode())
    assert "judged 1 of 2 decisions of Autumn" not in page
    page = flat(
        finance.get(
            url(scenario, "range") + "?least=0&most=0&seed=1&moderation=on"
        ).content.decode()
    )
    assert "judged 1 of 2 decisions of Autumn" in page
    assert "What moderation found" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("least=-101&most=1&seed=1", "nobody can lose more than every pupil"),
        ("least=3&most=1&seed=1", "The most growth must not be below the least"),
        ("least=x&most=1&seed=1", "Enter the least growth as a percentage, like 1"),
        ("least=0&most=1&seed=", "Enter a number for the draw, like 1"),
    ],
)
def test_bad_growth_gets_a_sentence_and_no_range(finance, year, asked, said):  # noqa: F811
    page = flat(finance.get(f"{url(stored(finance.user), 'range')}?{asked}").content.decode())
    assert said in page
    assert "Where the range" not in page


def test_pupils_no_longer_kept_lead_back(finance, year):  # noqa: F811
    scenario = stored(finance.user)
    CaseloadReading.objects.all().delete()
    answer = finance.get(url(scenario, "range"))
    assert answer.url == reverse("funding:scenario_detail", args=[scenario.pk])


def test_queries_do_not_grow_with_pupils(finance, year):  # noqa: F811
    scenario = stored(finance.user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        finance.get(url(scenario, "range"))
    assert len(queries) <= 20
