"""Labels of bars on one line or two."""

from banding_portal.pictures.labels import LabelLine, label_lines


def test_short_label_stays_on_its_line():
    assert label_lines("Special", 14.4, 198) == [LabelLine("Special", 14.4)]


def test_long_label_is_on_two_lines_around_it():
    found = label_lines("Profound and multiple learning difficulty", 20, 198)
    assert found == [
        LabelLine("Profound and multiple", 12.0),
        LabelLine("learning difficulty", 28.0),
    ]


def test_label_that_two_lines_do_not_hold_says_so():
    found = label_lines(
        "Speech, language and communication needs and some more words here", 20, 198
    )
    assert [line.text for line in found] == [
        "Speech, language and", "communication needs …",
    ]  # fmt: skip


def test_no_label_is_one_empty_line():
    assert label_lines("", 20, 198) == [LabelLine("", 20.0)]
