"""Small counts hidden for publication (M7)."""

import random
from dataclasses import replace

import pytest

from banding_portal.disclosure import suppressed
from moderation.agreement import measure_agreement
from moderation.estimate import Estimate
from moderation.publication import hidden_rows, published_matrix
from moderation.published import PublishedResults
from moderation.selectors.results import Group, Results
from moderation.tables import ShownResults


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


def test_published_matrix_hides_by_part():
    found = published_matrix([[30, 1, 8], [6, 20, 4], [7, 9, 10]])
    assert found.cells == [[30, None, 8], [6, 20, None], [7, 9, 10]]
    assert (found.directions, found.within_one) == ([60, 22, 13], True)


def test_published_matrix_hides_within_one_where_it_tells_a_far_difference():
    found = published_matrix([[30, 6, 3], [6, 20, 6], [6, 7, 9]])
    assert found.cells == [[30, None, None], [6, 20, 6], [6, 7, 9]]
    assert (found.directions, found.within_one) == ([59, 19, 15], False)


def test_published_matrix_hides_the_other_direction_with_one():
    found = published_matrix([[30, 1], [20, 30]])
    assert found.cells == [[30, None], [None, 30]]
    assert found.directions == [60, None, None]


def extremes(size, known, lines):
    """The least and most each unknown count can be, by trying every way to fill them in.

    `known` is place to count, `lines` are places with the sum that is published.
    """
    least, most = {}, {}
    unknown = [place for place in range(size) if place not in known]
    left = [
        (set(places) & set(unknown), total - sum(known.get(place, 0) for place in places))
        for places, total in lines
    ]

    def fill(at, filled, rest):
        if at == len(unknown):
            if not any(rest):
                for place, count in filled.items():
                    least[place] = min(least.get(place, count), count)
                    most[place] = max(most.get(place, count), count)
            return
        here = unknown[at]
        on = [line for line, (places, _) in enumerate(left) if here in places]
        last = [line for line in on if not left[line][0] & set(unknown[at + 1 :])]
        room = min((rest[line] for line in on), default=9)
        for count in [rest[last[0]]] if last else range(room + 1):
            if count > room:
                continue
            after = [total - count if line in on else total for line, total in enumerate(rest)]
            fill(at + 1, filled | {here: count}, after)

    fill(0, {}, [total for _, total in left])
    return least, most


def assert_nothing_told(counts, known, lines):
    least, most = extremes(len(counts), known, lines)
    small = [place for place, count in enumerate(counts) if count < 5]
    assert not set(small) & set(known)
    assert {
        place: most[place] - least[place] for place in small if most[place] - least[place] < 5
    } == {}


@pytest.mark.parametrize("size", [2, 3])
def test_no_cell_of_a_published_matrix_can_be_worked_out(size):
    """From its shown cells, the number of cases, the directions and the share within one band."""
    dice = random.Random(5)
    shown = 0
    for _ in range(400):
        most = dice.choice([3, 6, 12])
        matrix = [[dice.randint(0, most) for _ in range(size)] for _ in range(size)]
        places = [(r, c) for r in range(size) for c in range(size)]
        counts = [matrix[r][c] for r, c in places]
        found = published_matrix(matrix)
        cells = [found.cells[r][c] for r, c in places]
        known = {place: count for place, count in enumerate(cells) if count is not None}
        lines = [(range(len(places)), sum(counts))]
        for sign, total in zip((0, 1, -1), found.directions, strict=True):
            if total is not None:
                lines.append(
                    ([i for i, (r, c) in enumerate(places) if (r > c) - (r < c) == sign], total)
                )
        if found.within_one:
            near = [i for i, (r, c) in enumerate(places) if abs(r - c) <= 1]
            lines.append((near, sum(counts[i] for i in near)))
        if len(places) - len(known) <= 6 and sum(counts) >= 5:
            assert_nothing_told(counts, known, lines)
            shown += bool(known) and len(known) < len(places)
    assert shown > 40


def test_no_group_of_a_published_breakdown_can_be_worked_out():
    """From the shown groups, the totals, and how many cases each group has."""
    dice = random.Random(6)
    published = 0
    for _ in range(150):
        scale = dice.choice([6, 9])
        rows = [
            tuple(dice.randint(0, scale) for _ in range(3)) for _ in range(dice.choice([2, 3, 4]))
        ]
        hidden = hidden_rows(rows)
        if hidden is None or len(hidden) > 2:
            continue
        counts = [count for row in rows for count in row]
        known = {
            3 * at + column: count
            for at, row in enumerate(rows)
            if at not in hidden
            for column, count in enumerate(row)
        }
        by_row = [(range(3 * at, 3 * at + 3), sum(row)) for at, row in enumerate(rows)]
        by_column = [
            (range(column, len(counts), 3), sum(row[column] for row in rows)) for column in range(3)
        ]
        assert_nothing_told(counts, known, by_row + by_column)
        published += bool(hidden)
    assert published > 10


def test_a_breakdown_of_two_groups_with_a_rare_direction_is_not_published():
    assert hidden_rows([(30, 1, 9), (30, 2, 9)]) is None


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
        areas=[],
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
    assert published.groups == []
    assert published.twice == ""


def test_what_would_change_is_hidden_with_the_share_it_is_left_of():
    """56 of 232 would give away that 75.9% of all decisions stay, which is hidden."""
    told = Estimate(value=56, low=30, high=90, covered=232, left_out=0)
    small, large = ([[30, 1], [0, 20]], [[30, 6], [7, 20]])
    texts = [
        PublishedResults(replace(results(matrix), estimate=told)).estimate
        for matrix in (small, large)
    ]
    assert texts == ["hidden", "56 (95% interval 30 to 90) of 232."]
    assert PublishedResults(results(small)).estimate == ""


def test_published_results_show_large_counts():
    published = PublishedResults(results([[30, 6], [7, 20]]))
    assert [heading for heading, _ in published.groups] == ["Quadrant"]
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
    assert [(row.label, row.cases_words, row.same_words) for row in rows] == [
        ("East", "63", "hidden"),
        ("North", "58", "hidden"),
        ("West", "450", "71.1%"),
        ("2 hidden, together", "121", "82.6%"),
    ]
