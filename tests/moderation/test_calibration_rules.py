"""Who is calibrated, and what comes next (rules.md M12). Pure."""

import datetime as dt
from math import comb

import pytest

from moderation.calibration.rules import (
    Finished,
    Judged,
    Rules,
    Standing,
    Tally,
    key_of,
    next_set,
    reaches,
    standing_of,
    tally_of,
    why_not_yet,
)

RULES = Rules(size=5, percent=70, days=14)
DAY = dt.date(2026, 11, 2)


def tally(agreed, judged=5, **more):
    return Tally(judged, agreed, **{"higher": judged - agreed, "lower": 0, "areas": {}} | more)


def stands(agreed, after=0):
    last = Finished(DAY, tally(agreed))
    return standing_of(last, has_cases=True, today=DAY + dt.timedelta(days=after), rules=RULES)


@pytest.mark.parametrize(
    ("agreed", "after", "standing"),
    [
        (5, 0, Standing.CALIBRATED),
        (4, 13, Standing.CALIBRATED),
        (4, 14, Standing.LAPSED),
        (3, 0, Standing.BELOW),
        (3, 14, Standing.BELOW),
    ],
)
def test_standing_follows_the_last_set(agreed, after, standing):
    assert stands(agreed, after) == standing


def test_standing_without_a_set_and_without_cases():
    found = [standing_of(None, has_cases=has, today=DAY, rules=RULES) for has in (True, False)]
    assert found == [Standing.NEVER, Standing.NOT_NEEDED]
    assert [one.may_judge for one in Standing] == [True, False, False, False, True]


@pytest.mark.parametrize(
    ("agreed", "judged", "percent", "reached"),
    [(7, 10, 70, True), (6, 10, 70, False), (3, 5, 60, True), (0, 0, 1, False), (5, 5, 100, True)],
)
def test_threshold_is_reached_by_exactly_so_many(agreed, judged, percent, reached):
    assert reaches(tally(agreed, judged), percent) is reached


def test_next_set_has_what_was_judged_least_often():
    judged = {"a": 2, "b": 1, "c": 1}
    assert sorted(next_set("abcde", judged, size=4, person="1")) == ["b", "c", "d", "e"]
    assert set(next_set("abcde", judged, size=4, person="1")[:2]) == {"d", "e"}
    assert len(next_set("ab", {}, size=5, person="1")) == 2


def test_next_set_differs_from_person_to_person():
    orders = {tuple(next_set("abcdef", {}, size=6, person=str(one))) for one in range(20)}
    assert len(orders) > 10


def test_a_case_in_other_words_is_another_case():
    assert key_of("Nell is in Year 5.") != key_of("Nell is in Year 6.")


def test_tally_counts_directions_and_settled_areas():
    found = tally_of(
        [
            Judged(0, {"cl": True, "ci": False}),
            Judged(2, {"cl": False}),
            Judged(-1, {"cl": True}),
        ]
    )
    assert (found.judged, found.agreed, found.higher, found.lower) == (3, 1, 1, 1)
    assert found.areas == {"cl": (2, 3), "ci": (0, 1)}
    assert tally_of([]).share is None


@pytest.mark.parametrize(
    ("standing", "last", "sentence"),
    [
        (Standing.CALIBRATED, Finished(DAY, tally(5)), ""),
        (Standing.NOT_NEEDED, None, ""),
        (
            Standing.NEVER,
            None,
            "Judge the training cases of Needs first. Then you can judge the pupils given to you.",
        ),
        (
            Standing.BELOW,
            Finished(DAY, tally(2)),
            (
                "You chose the settled band in 2 of 5 training cases; at least 70% is asked for. "
                "Judge another set for Needs before you judge on."
            ),
        ),
        (
            Standing.LAPSED,
            Finished(DAY, tally(5)),
            (
                "Your calibration lapsed on 16 November 2026. "
                "Judge the training cases of Needs first, then you can judge on."
            ),
        ),
    ],
)
def test_each_standing_says_what_to_do(standing, last, sentence):
    assert why_not_yet(standing, last, "Needs", RULES) == sentence


def test_the_threshold_is_as_hard_as_the_rule_says():
    """Four of five: by chance with six bands once in 300 sets; at 85 of 100 in 84 of 100."""

    def at_least_four(share):
        return sum(comb(5, k) * share**k * (1 - share) ** (5 - k) for k in (4, 5))

    assert round(1 / at_least_four(1 / 6), -1) == 300
    assert round(at_least_four(0.85), 2) == 0.84
