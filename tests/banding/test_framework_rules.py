import copy
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banding.frameworks.rules import read_framework
from tests.banding import framework_sample
from tests.shared_data import needs_shared_data

POINTED = {
    "code": "needs-2026",
    "name": "Needs",
    "version": "1",
    "effective_from": "2026-09-01",
    "value_basis": "top_up",
    "plan_types": ["EHCP"],
    "tie_rule": None,
    "combine": {"kind": "best_fit"},
    "bands": [
        {"code": "A", "name": "Band A", "rank": 1, "summary": None},
        {"code": "B", "name": "Band B", "rank": 2},
    ],
    "areas": [
        {
            "code": "cl",
            "name": "Learning",
            "levels": [
                {"code": "0", "rank": 0, "band": None, "descriptor": "No need."},
                {"code": "1", "rank": 1, "band": "B", "descriptor": "Some need."},
            ],
        }
    ],
}
SUMMED = POINTED | {
    "combine": {
        "kind": "weighted_sum",
        "thresholds": [{"band": "A", "from": 0}, {"band": "B", "from": 2.5}],
    },
    "areas": [
        {
            "code": "cl",
            "name": "Learning",
            "weight": 4,
            "cap": 16,
            "levels": [{"code": "0", "rank": 0, "score": 0, "descriptor": "No need."}],
        }
    ],
}
GONE = object()


def check_framework(data):
    """Path and sentence of every problem; a sound framework is read as well."""
    framework, issues = read_framework(data)
    assert (framework is None) == bool(issues)
    return [Problem(issue.heading, issue.message) for issue in issues]


class Problem(NamedTuple):
    path: str
    sentence: str


def changed(data, path, value):
    """The framework with the value at a path replaced, or its key gone."""
    data = copy.deepcopy(data)
    *way, last = path
    holder = data
    for step in way:
        holder = holder[step]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return data


@needs_shared_data
@pytest.mark.parametrize("code", ["norfolk-2018", "needs-led-2022", "points-matrix"])
def test_sample_frameworks_are_sound(code):
    assert check_framework(framework_sample.read_framework(code)) == []


@pytest.mark.parametrize("data", [POINTED, SUMMED])
def test_sound_framework_has_no_problem(data):
    assert check_framework(data) == []


LEVEL_1 = ("areas", 0, "levels", 1)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("code",), GONE, Problem("code", "The key code is missing.")),
        (("code",), 7, Problem("code", "The code must be text in quotation marks.")),
        (
            ("code",),
            "needs 2026",
            Problem("code", "The code is made of letters a to z, digits, - and _ only."),
        ),
        (("name",), "  ", Problem("name", "The name is empty.")),
        (
            ("name",),
            "N" * 121,
            Problem("name", "The name has 121 characters; the most is 120."),
        ),
        (
            ("name",),
            "N\x00",
            Problem("name", "The name holds a character that can’t be stored."),
        ),
        (("version",), None, Problem("version", "The version must be text in quotation marks.")),
        (
            ("effective_from",),
            "2026-9-1",
            Problem("effective_from", "Give the date it takes effect, such as 2024-09-01."),
        ),
        (
            ("effective_from",),
            "20260901",
            Problem("effective_from", "Give the date it takes effect, such as 2024-09-01."),
        ),
        (
            ("value_basis",),
            "total_cost",
            Problem("value_basis", "The value basis must be top_up."),
        ),
        (
            ("plan_types",),
            ["EHCP", "K"],
            Problem("plan_types[1]", "Name the plan types, EHCP or SEN_SUPPORT or both."),
        ),
        (
            ("plan_types",),
            [],
            Problem("plan_types", "Name the plan types, EHCP or SEN_SUPPORT or both."),
        ),
        (
            ("plan_types",),
            ["EHCP", "EHCP"],
            Problem("plan_types", "A plan type is named twice."),
        ),
        (
            ("tie_rule",),
            GONE,
            Problem("tie_rule", "Give the tie_rule: a text, or null where there is none."),
        ),
        (
            ("combine", "kind"),
            "average",
            Problem(
                "combine.kind", "The kind must be one of highest_need, best_fit, weighted_sum."
            ),
        ),
        (
            ("combine", "thresholds"),
            [{"band": "A", "from": 0}],
            Problem("combine.thresholds", "Only a weighted sum has thresholds."),
        ),
        (
            ("bands", 0, "code"),
            "B",
            Problem("bands[1].code", "bands[0] has the code B already."),
        ),
        (("bands", 1, "rank"), 1, Problem("bands[1].rank", "bands[0] has the rank 1 already.")),
        (
            ("bands", 0, "rank"),
            "1",
            Problem("bands[0].rank", "The rank is a whole number from 0 to 9,999."),
        ),
        (
            ("bands", 0, "rank"),
            True,
            Problem("bands[0].rank", "The rank is a whole number from 0 to 9,999."),
        ),
        (("areas",), GONE, Problem("areas", "The framework has no areas.")),
        (("areas", 0, "levels"), [], Problem("areas[0].levels", "The area has no levels.")),
        (("areas", 0, "levels"), GONE, Problem("areas[0].levels", "The area has no levels.")),
        (
            ("areas", 0, "weight"),
            0,
            Problem("areas[0].weight", "The weight is a number above 0, up to 9999.99, or null."),
        ),
        (
            ("areas", 0, "cap"),
            -1,
            Problem("areas[0].cap", "The cap is a number from 0, up to 9999.99, or null."),
        ),
        (
            (*LEVEL_1, "code"),
            "0",
            Problem("areas[0].levels[1].code", "areas[0].levels[0] has the code 0 already."),
        ),
        (
            (*LEVEL_1, "rank"),
            0,
            Problem("areas[0].levels[1].rank", "areas[0].levels[0] has the rank 0 already."),
        ),
        (
            (*LEVEL_1, "band"),
            "C",
            Problem("areas[0].levels[1].band", "“C” is not a band of this framework."),
        ),
        (
            (*LEVEL_1, "band"),
            GONE,
            Problem(
                "areas[0].levels[1].band",
                "Give the band the level points to, or null for no band.",
            ),
        ),
        (
            (*LEVEL_1, "descriptor"),
            GONE,
            Problem("areas[0].levels[1].descriptor", "The key descriptor is missing."),
        ),
        (
            (*LEVEL_1, "score"),
            "4",
            Problem(
                "areas[0].levels[1].score", "Give the level’s score, a number from 0 to 9999.99."
            ),
        ),
        (
            LEVEL_1,
            "1",
            Problem("areas[0].levels[1]", "A level is an object with code, rank and descriptor."),
        ),
        (
            ("areas", 0),
            None,
            Problem("areas[0]", "An area is an object with code, name and levels."),
        ),
        (("bands", 0), [], Problem("bands[0]", "A band is an object with code, name and rank.")),
    ],
)
def test_each_fault_is_named(path, value, problem):
    assert check_framework(changed(POINTED, path, value)) == [problem]


THRESHOLDS = ("combine", "thresholds")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (
            ("areas", 0, "levels", 0, "score"),
            GONE,
            Problem(
                "areas[0].levels[0].score", "Give the level’s score, a number from 0 to 9999.99."
            ),
        ),
        (
            ("areas", 0, "levels", 0, "score"),
            1.005,
            Problem(
                "areas[0].levels[0].score", "Give the level’s score, a number from 0 to 9999.99."
            ),
        ),
        (
            THRESHOLDS,
            GONE,
            Problem(
                "combine.thresholds", "A weighted sum needs thresholds: a list of band and from."
            ),
        ),
        (
            (*THRESHOLDS, 1, "from"),
            0,
            Problem("combine.thresholds[1].from", "Thresholds must rise: 0 follows 0."),
        ),
        (
            (*THRESHOLDS, 1, "from"),
            float("nan"),
            Problem(
                "combine.thresholds[1].from",
                "Give the points from which the band starts, a number.",
            ),
        ),
        (
            (*THRESHOLDS, 1, "band"),
            "Z",
            Problem("combine.thresholds[1].band", "“Z” is not a band of this framework."),
        ),
        (
            (*THRESHOLDS, 1, "band"),
            "A",
            Problem("combine.thresholds[1].band", "“A” must rank above the band before it."),
        ),
        (
            (*THRESHOLDS, 0),
            3,
            Problem("combine.thresholds[0]", "A threshold is an object with band and from."),
        ),
    ],
)
def test_each_fault_of_a_weighted_sum_is_named(path, value, problem):
    assert check_framework(changed(SUMMED, path, value)) == [problem]


def test_framework_without_bands_names_them_and_what_points_to_them():
    problems = check_framework(changed(POINTED, ("bands",), []))
    assert problems == [
        Problem("bands", "The framework has no bands."),
        Problem("areas[0].levels[1].band", "“B” is not a band of this framework."),
    ]


def test_all_problems_are_reported_at_once():
    assert [problem.path for problem in check_framework({})] == [
        "code",
        "name",
        "version",
        "effective_from",
        "value_basis",
        "plan_types",
        "tie_rule",
        "combine",
        "bands",
        "areas",
    ]


@pytest.mark.parametrize("data", [None, [], "framework", 3, True])
def test_anything_but_an_object_is_a_problem(data):
    assert [problem.path for problem in check_framework(data)] == [""]


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["\ud800", "A", "weighted_sum", 10**400]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "rank", "band", "from", "levels"]), inner)
    ),
    max_leaves=8,
)
places = st.sampled_from(
    [
        *((key,) for key in POINTED),
        *(("combine", key) for key in ("kind", "thresholds")),
        *(("bands", 0, key) for key in ("code", "name", "rank", "summary")),
        *(("areas", 0, key) for key in ("code", "name", "weight", "cap", "levels")),
        *(
            ("areas", 0, "levels", 0, key)
            for key in ("code", "rank", "band", "score", "descriptor")
        ),
        ("bands", 0),
        ("areas", 0),
        ("areas", 0, "levels", 0),
        ("combine", "thresholds", 0),
        ("combine", "thresholds", 0, "from"),
        ("combine", "thresholds", 0, "band"),
    ]
)


@given(odd)
def test_odd_json_never_raises(data):
    for problem in check_framework(data):
        assert problem.sentence.encode()


@given(st.lists(st.tuples(places, odd), min_size=1, max_size=3))
def test_odd_values_in_a_framework_never_raise(changes):
    data = SUMMED
    for path, value in changes:
        try:
            data = changed(data, path, value)
        except (KeyError, IndexError, TypeError):
            continue
    for problem in check_framework(data):
        assert problem.sentence.encode()
