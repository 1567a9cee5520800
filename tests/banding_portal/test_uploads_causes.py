"""Problems with one cause are one line with a count."""

from banding_portal.jobs.results import Issue
from banding_portal.uploads.causes import FEW, LISTED, causes_of


def problem(row, message="No school has this URN.", heading="school_urn", value="1", **more):
    issue = Issue(message, row=row, heading=heading, column="G", value=value, **more)
    return issue.as_dict()


def counts(problems):
    return [cause.count for cause in causes_of(problems).all]


def test_few_problems_of_one_cause_stand_one_by_one():
    assert counts(problem(row) for row in range(2, 2 + FEW)) == [1] * FEW


def test_many_problems_of_one_cause_are_one():
    [cause] = causes_of(problem(row) for row in range(2, 2 + FEW + 1)).all
    assert (cause.count, cause.collected, cause.rows, cause.more_rows) == (6, True, [2, 3, 4], 3)
    assert cause.message == "No school has this URN."


def test_sentences_that_differ_in_their_details_have_one_cause():
    told = [
        problem(row, f"This pupil has two UPNs: the rows before say A{row}.", "upn")
        for row in range(2, 12)
    ]
    [cause] = causes_of(told).all
    assert cause.message == "This pupil has two UPNs."


def test_figures_within_a_sentence_do_not_count():
    told = [problem(row, f"It is in row {row} already.") for row in range(2, 12)]
    assert [cause.message for cause in causes_of(told).all] == ["It is in row … already."]


def test_another_column_sentence_or_advice_is_another_cause():
    told = [
        *(problem(row) for row in range(10)),
        *(problem(row, heading="other") for row in range(10)),
        *(problem(row, "Something else.") for row in range(10)),
        *(problem(row, allowed="Its bands are A.") for row in range(10)),
    ]
    assert counts(told[1:10] + told[11:20] + told[21:30] + told[31:]) == [9, 9, 9, 9]


def test_order_is_that_of_the_file():
    told = [problem(2, "Single."), *(problem(row) for row in range(3, 13)), problem(13, "Last.")]
    assert [cause.first["row"] for cause in causes_of(told).all] == [2, 3, 13]


def test_what_is_about_the_whole_file_stays_by_itself():
    told = [Issue("The column is missing.", heading="upn").as_dict()] * 10
    assert counts(told) == [1] * 10


def test_values_are_a_few_different_ones():
    told = [problem(row, value=str(row % 5)) for row in range(2, 42)]
    [cause] = causes_of(told).all
    assert (cause.values, cause.more_values) == (["2", "3", "4"], 2)


def test_blank_values_are_shown_as_such():
    [cause] = causes_of(problem(row, value="") for row in range(2, 12)).all
    assert (cause.values, cause.more_values) == (["–"], 0)


def test_page_holds_so_many_lines_and_tells_the_rest():
    told = [problem(row, f"{'x' * row}.") for row in range(2, 2 + LISTED + 7)]
    found = causes_of(told)
    assert (len(found.listed), found.more, found.any_collected) == (LISTED, 7, True)


def test_cause_is_found_by_its_number():
    found = causes_of(problem(row) for row in range(2, 12))
    assert found.numbered("1").count == 10
    assert found.numbered("2") is found.numbered("x") is found.numbered("") is None
