"""Our statistics against those of others (M7): statsmodels, irrCAC and scipy.

The figures of the first two are written down, because they want other versions of what the portal
needs: statsmodels 0.15.0 (`cohens_kappa`, unweighted, linear, quadratic, and the standard error of
the first) and irrCAC 0.4.4 (Gwet’s AC1, and AC2 with linear weights, and the standard errors of
both). scipy is asked as the test runs.
"""

import itertools
from math import sqrt

import pytest
from scipy.stats import hypergeom, norm

from moderation.agreement import _gwet_and_error, _kappa_and_error, measure_agreement
from moderation.estimate import JudgedStratum, estimate_changed
from moderation.intervals import equal_sample, interval_of_count
from moderation.widening.rules import ALARMS, WARNS, funnel_limits

FIGURES = [
    (
        ((20, 5, 2), (4, 18, 6), (1, 5, 22)),
        (0.584096, 0.64623, 0.708772, 0.073756),
        (0.58455, 0.64804, 0.0740766, 0.0665218),
    ),
    (
        ((118, 5), (2, 0)),
        (-0.023392, -0.023392, -0.023392, 0.012287),
        (0.94078, 0.94078, 0.023057, 0.023057),
    ),
    (
        ((9, 1, 0, 0), (3, 12, 0, 0), (0, 3, 6, 0), (0, 0, 3, 6)),
        (0.682422, 0.797361, 0.892339, 0.087765),
        (0.6926, 0.82052, 0.0862898, 0.0509512),
    ),
    (
        (
            (4, 1, 0, 0, 0, 0),
            (2, 9, 3, 0, 0, 0),
            (0, 1, 14, 4, 1, 0),
            (0, 0, 2, 11, 2, 0),
            (0, 0, 0, 3, 8, 1),
            (0, 0, 0, 0, 1, 5),
        ),
        (0.63741, 0.802148, 0.911792, 0.067054),
        (0.65249, 0.85124, 0.0642246, 0.0283565),
    ),
    (
        ((0, 8), (7, 1)),
        (-0.875, -0.875, -0.875, 0.120081),
        (-0.8677, -0.8677, 0.1390483, 0.1390483),
    ),
]


@pytest.mark.parametrize(("matrix", "statsmodels", "irrcac"), FIGURES)
def test_kappas_and_gwet_are_those_of_the_libraries(matrix, statsmodels, irrcac):
    found = measure_agreement(matrix)
    kappas = (found.kappa, found.linear_weighted_kappa, found.quadratic_weighted_kappa)
    assert [one.value for one in kappas] == pytest.approx(statsmodels[:3], abs=1e-6)
    assert (found.ac1.value, found.ac2.value) == pytest.approx(irrcac[:2], abs=1e-5)
    furthest = len(matrix) - 1
    for weighing, error in (
        (lambda distance: distance == 0, irrcac[2]),
        (lambda distance: 1 - distance / furthest, irrcac[3]),
    ):
        assert _gwet_and_error(matrix, found.n, weighing)[1] == pytest.approx(error, abs=1e-6)
    _, error = _kappa_and_error(matrix, found.n, lambda distance: distance == 0)
    assert error == pytest.approx(statsmodels[3], abs=1e-6)


STRATA = [(12, 3, 4), (7, 2, 1), (5, 1, 2)]
"""Decisions, judged cases, and how many decisions would in truth change."""


def every_sample():
    """Each way the samples can turn out, with its chance by scipy’s hypergeometric."""
    for seen in itertools.product(*(range(judged + 1) for _, judged, _ in STRATA)):
        chance = 1.0
        for (size, judged, changing), found in zip(STRATA, seen, strict=True):
            chance *= hypergeom(size, changing, judged).pmf(found)
        if chance:
            strata = [
                JudgedStratum(size, judged, found)
                for (size, judged, _), found in zip(STRATA, seen, strict=True)
            ]
            yield chance, estimate_changed(strata)


def test_stratified_estimate_is_right_on_average_and_spreads_as_theory_says():
    outcomes = list(every_sample())
    assert sum(chance for chance, _ in outcomes) == pytest.approx(1)
    mean = sum(chance * found.value for chance, found in outcomes)
    assert mean == pytest.approx(sum(changing for _, _, changing in STRATA))
    spread = sum(chance * (found.value - mean) ** 2 for chance, found in outcomes)
    theory = sum(
        (size / judged) ** 2 * hypergeom(size, changing, judged).var()
        for size, judged, changing in STRATA
    )
    assert spread == pytest.approx(theory)


def test_stratified_interval_holds_the_truth_as_often_as_it_says():
    truth = sum(changing for _, _, changing in STRATA)
    held = sum(chance for chance, one in every_sample() if one.low <= truth <= one.high)
    assert 0.93 <= held <= 1


def test_equal_sample_has_the_variance_of_the_strata():
    """Of a share that is about the same in all; scipy’s variance of the sample it names."""
    strata = [(400, 30), (60, 6), (20, 2)]
    total, cases = 480, equal_sample([(400, 30), (60, 6), (20, 2)])
    of_strata = sum((n / k) ** 2 * hypergeom(n, n // 2, k).var() for n, k in strata)
    of_sample = (total / cases) ** 2 * hypergeom(total, total // 2, cases).var()
    assert sqrt(of_strata) == pytest.approx(sqrt(of_sample), rel=0.02)


@pytest.mark.parametrize(("total", "cases", "found"), [(232, 43, 10), (40, 6, 0), (90, 20, 19)])
def test_interval_of_a_count_is_what_the_chances_of_scipy_leave_possible(total, cases, found):
    def possible(count):
        chances = hypergeom(total, count, cases).pmf(range(cases + 1))
        as_likely = abs(chances - chances[found]) <= chances[found] * 1e-9
        less = chances[(chances < chances[found]) & ~as_likely]
        return less.sum() + chances[as_likely].sum() / 2 >= 0.055

    counts = [count for count in range(found, total - cases + found + 1) if possible(count)]
    assert interval_of_count(total, cases, found) == (counts[0], counts[-1])


@pytest.mark.parametrize(("errors", "share"), [(WARNS, 0.95), (ALARMS, 0.998)])
def test_funnel_limits_are_those_of_the_normal_distribution(errors, share):
    assert errors == pytest.approx(norm.ppf((1 + share) / 2), abs=1e-6)
    low, high = funnel_limits(0.3, 25, errors)
    wanted = norm(0.3, sqrt(0.3 * 0.7 / 25)).interval(share)
    assert (low, high) == pytest.approx((max(wanted[0], 0), min(wanted[1], 1)), abs=1e-6)
