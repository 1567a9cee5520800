"""Small counts hidden for publication (M7)."""

import pytest

from moderation.agreement import measure_agreement
from moderation.publication import suppressed, suppressed_matrix
from moderation.selectors.results import Group, Results
from moderation.tables import PublishedResults, ShownResults


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([5, 6, 7], [5, 6, 7]),
        ([4, 6, 7], [None, None, 7]),
        ([4, 3, 7], [None, None, 7]),
        ([1, 2, 7, 9], [None, None, None, 9]),
        ([0, 0, 8, 9], [None, None, None, 9]),
        ([0], [None]),
        ([], []),
    ],
)
def test_suppressed_hides_small_counts_and_what_gives_them_away(counts, shown):
    assert suppressed(counts) == shown


def test_suppressed_matrix_hides_by_part():
    assert suppressed_matrix([[30, 1, 8], [6, 20, 4], [7, 9, 10]]) == [
        [30, None, 8],
        [6, 20, None],
        [7, 9, 10],
    ]


def results(matrix, **groups):
    agreement = measure_agreement(matrix)
    groups = groups or {
        "Quadrant": [Group("North", agreement)],
        "Moderator": [Group("Ann", agreement)],
    }
    return Results(
        bands=["A", "B"],
        agreement=agreement,
        weighted_exact=None,
        weighted_within_one=None,
        estimate=None,
        effect=None,
        unvalued=0,
        settled=0,
        changed=0,
        unsettled=0,
        population=0,
        groups=groups,
        twice=3,
        twice_agreed=2,
    )


def test_shown_results_have_every_figure():
    shown = ShownResults(results([[3, 1], [0, 2]]))
    assert shown.shares == [
        ("Cases counted", "6"),
        ("The same band, of these", "83.3%"),
        ("Within one band, of these", "100.0%"),
    ]
    assert [[cell.text for cell in row.cells] for row in shown.rows] == [["3", "1"], ["0", "2"]]
    assert [heading for heading, _ in shown.groups] == ["Quadrant", "Moderator"]


def test_published_results_hide_shares_that_tell_small_counts():
    published = PublishedResults(results([[30, 1], [0, 20]]))
    assert published.shares == [
        ("Cases counted", "51"),
        ("The same band, of these", "hidden"),
        ("Within one band, of these", "hidden"),
    ]
    assert {text for _, text in published.kappas} == {"hidden"}
    assert [heading for heading, _ in published.groups] == ["Quadrant"]
    assert published.twice == ""


def test_published_results_show_large_counts():
    published = PublishedResults(results([[30, 6], [7, 20]]))
    assert [row["text"] for row in published.directions] == ["50", "7", "6"]
    assert published.shares[1] == ("The same band, of these", "79.4%")


def test_published_groups_do_not_leave_one_row_to_work_out():
    large, small = [[30, 6], [7, 20]], [[30, 1], [7, 20]]
    groups = [
        Group(label, measure_agreement(matrix))
        for label, matrix in [("East", large), ("North", small), ("West", [[300, 60], [70, 20]])]
    ]
    whole = results(large, Quadrant=groups)
    [(_, rows)] = PublishedResults(whole).groups
    assert [(row["label"], row["n"], row["exact"]) for row in rows] == [
        ("East", "63", "hidden"),
        ("North", "58", "hidden"),
        ("West", "450", "71.1%"),
    ]
