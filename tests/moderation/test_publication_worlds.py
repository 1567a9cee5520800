"""Nothing that is published beside it tells a hidden cell, weighted shares included (M7).

For every hidden cell under 5 two other worlds are made that look exactly alike in publication: in
one the cell is empty, in the other it has 5 cases at least. Each judged case keeps what it stands
for, its quadrant and whether and how far its bands differ; which bands they are is another. So who
reads the shares of all decisions, with their intervals, what would change, the totals and the
tables by group cannot tell these worlds apart. Who knows from elsewhere how many decisions each
judged case of a band stands for may know more: that is not published (docs/rules.md).
"""

import random

import pytest

from moderation.agreement import confusion_matrix, measure_agreement
from moderation.effect import Effect
from moderation.estimate import JudgedStratum, estimate_changed
from moderation.publication import PublishedMatrix
from moderation.published import PublishedResults
from moderation.selectors.results import Group, Results
from moderation.tables import ShownResults

QUADRANTS = ("East", "North", "South")


def published(bands, cases, kind=PublishedResults, hiding=None):
    """All that is told of (moderator's band, school's band, stands for, quadrant) each; with the
    counts hidden that are hidden in `hiding`, another world, where that is given.
    """

    def shares(own, so):
        return estimate_changed([JudgedStratum(each[2], 1, so(each)) for each in own])

    def agreement(own):
        return measure_agreement(confusion_matrix(bands, [each[:2] for each in own]))

    def same(case):
        return case[0] == case[1]

    def near(case):
        return abs(bands.index(case[0]) - bands.index(case[1])) <= 1

    by_quadrant = {name: [each for each in cases if each[3] == name] for name in QUADRANTS}
    groups = [
        Group(name, agreement(own), shares(own, same)) for name, own in by_quadrant.items() if own
    ]
    # What a change is worth depends on the bands.
    worth = sum(each[2] * (bands.index(each[0]) - bands.index(each[1])) for each in cases)
    results = Results(
        bands=bands,
        agreement=agreement(cases),
        weighted_exact=shares(cases, same),
        weighted_within_one=shares(cases, near),
        estimate=shares(cases, lambda case: not same(case)),
        effect=Effect(worth * 1000, worth * 800, worth * 1200),
        unvalued=0,
        settled=0,
        changed=0,
        unsettled=len(cases),
        population=sum(each[2] for each in cases),
        groups={"Quadrant": groups},
        areas=[],
        twice=0,
        twice_agreed=0,
    )
    shown = kind(results)
    if hiding:
        shown.matrix = hidden_as(hiding, measure_agreement(results.agreement.matrix))
    return shown, repr([
        *(shown.shares, shown.weighted, shown.kappas, shown.directions, shown.bias, shown.rows),
        *(shown.groups, shown.pairs, shown.areas, shown.estimate, shown.effect, shown.so_far),
        *(shown.estimate_label, shown.twice, shown.matrix_picture, shown.hidden_words),
    ])  # fmt: skip


def hidden_as(hiding, agreement):
    def like(told, counts):
        return [None if was is None else own for was, own in zip(told, counts, strict=True)]

    higher, lower = agreement.moderator_higher, agreement.moderator_lower
    cells = [like(*rows) for rows in zip(hiding.cells, agreement.matrix, strict=True)]
    directions = like(hiding.directions, [agreement.n - higher - lower, higher, lower])
    return PublishedMatrix(cells, directions, hiding.within_one)


def side(place):
    return (place[0] > place[1]) - (place[0] < place[1])


def side_and_far(place):
    return side(place), abs(place[0] - place[1]) > 1


def side_where_shown(directions):
    """Directions whose counts are hidden are one."""
    shown = dict(zip((0, 1, -1), directions, strict=True))
    return lambda place: side(place) if shown[side(place)] is not None else "hidden"


def moved(cases, bands, cell, to, kind_of):
    """The cases with those in `cell` and `to` all in `to`, no case of another kind than before."""
    places = [(bands.index(each[0]), bands.index(each[1])) for each in cases]
    assert kind_of(cell) == kind_of(to)
    new = [to if place == cell else place for place in places]
    return [
        (bands[row], bands[column], *each[2:])
        for (row, column), each in zip(new, cases, strict=True)
    ]


def worlds_alike(cases, bands, hidden, cell):
    """Two worlds that look the same in publication, the cell empty in one and full in the other."""
    truth, seen = published(bands, cases)
    for kind_of in (side_and_far, side, side_where_shown(truth.matrix.directions)):
        others = [to for to in hidden if to != cell and kind_of(to) == kind_of(cell)]
        if not others:
            continue
        empty, full = moved(cases, bands, cell, others[0], kind_of), cases
        for one in others:
            full = moved(full, bands, one, cell, kind_of)
        looks = [published(bands, each, hiding=truth.matrix)[1] for each in (empty, full)]
        most = count_in(full, bands, cell)
        if looks == [seen, seen] and most >= 5:
            return count_in(empty, bands, cell), most
    return None


def count_in(cases, bands, cell):
    return sum(each[:2] == (bands[cell[0]], bands[cell[1]]) for each in cases)


def random_cases(dice, bands):
    """Most cases agree; each stands for 1 to 30 decisions."""
    likely = {0: dice.choice([20, 60]), 1: dice.choice([4, 12]), 2: dice.choice([1, 4])}
    return [
        (row, column, dice.randint(1, 30), dice.choice(QUADRANTS))
        for at, row in enumerate(bands)
        for to, column in enumerate(bands)
        for _ in range(dice.randint(0, likely[min(abs(at - to), 2)]))
    ]


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_no_hidden_cell_can_be_told_from_anything_published(size):
    dice, bands, hid = random.Random(size), list("ABCDEF")[:size], 0
    for _ in range(25):
        cases = random_cases(dice, bands)
        if len(cases) < 5:
            continue
        shown = published(bands, cases)[0]
        places = [(row, column) for row in range(size) for column in range(size)]
        hidden = [place for place in places if shown.counts()[place[0]][place[1]] is None]
        small = [place for place in hidden if count_in(cases, bands, place) < 5]
        assert not [p for p in places if p not in hidden and count_in(cases, bands, p) < 5]
        for cell in small:
            assert worlds_alike(cases, bands, hidden, cell) is not None
            hid += shown.may_show_shares(shown.agreement)
    assert hid


def test_what_depends_on_every_cell_is_told_by_the_published_ones_alone():
    """Kappa, AC1 and AC2 themselves and the pounds a year would narrow a hidden cell down."""
    bands = ["A", "B", "C"]
    counts = {("A", "A"): 30, ("B", "B"): 20, ("B", "A"): 9, ("A", "B"): 8, ("C", "C"): 9}
    counts |= {("C", "A"): 6, ("A", "C"): 7, ("C", "B"): 2, ("B", "C"): 6}
    cases = [(*pair, 3, "East") for pair, count in counts.items() for _ in range(count)]
    shown = published(bands, cases)[0]
    own = dict(published(bands, cases, ShownResults)[0].kappas)
    for name, text in shown.kappas:
        low, high = (float(part) for part in text[5:].split(",")[0].split(" to "))
        assert low <= float(own[name].split()[0]) <= high < low + 0.3
    hidden = [(r, c) for r in range(3) for c in range(3) if shown.counts()[r][c] is None]
    small = next(place for place in hidden if count_in(cases, bands, place) < 5)
    assert worlds_alike(cases, bands, hidden, small) is not None
    assert shown.effect == "hidden"
    assert "hidden" not in dict(shown.weighted).values()
    assert "hidden" not in {text for _, text in published(bands, cases, ShownResults)[0].kappas}
