"""A reason of fewer than four letters says nothing."""

import pytest

from banding_portal.reasons import is_reason


@pytest.mark.parametrize(
    ("text", "says_something"),
    [("", False), ("x", False), ("n/a", False), ("....", False), ("Why?", False), ("Gone", True)],
)
def test_reason_has_some_letters(text, says_something):
    assert is_reason(text) is says_something


@pytest.mark.parametrize("text", ["xxxxxxxxxxxx", "Hahaha", "aaaa bbbb"])
def test_the_same_letters_again_and_again_say_nothing(text):
    assert not is_reason(text)
