"""Where descriptors of neighbouring levels differ."""

import pytest

from banding.frameworks.wording import differences


def bold(before, text):
    """The text with what is marked between stars."""
    return " ".join(f"*{words}*" if new else words for words, new in differences(before, text))


@pytest.mark.parametrize(
    ("before", "text", "shown"),
    [
        ("Needs some help daily", "Needs much help daily", "Needs *much* help daily"),
        ("Needs help", "Needs help at night", "Needs help *at night*"),
        # Capitals, marks around a word and plurals make no difference.
        ("Needs help.", "needs help", "needs help"),
        ("Takes part in some lessons", "Takes part in most lesson", "Takes part in *most* lesson"),
        ("The pupil’s day is short", "The pupil day is long", "The pupil day is *long*"),
        # Small words between two that differ go with them.
        (
            "Needs somebody to check in at set times of the week.",
            "Needs somebody to check in at set times every day.",
            "Needs somebody to check in at set times *every day.*",
        ),
        (
            "Is behind classmates in most subjects and learns best in a small group.",
            "Is years behind classmates and follows a changed curriculum in most lessons.",
            "Is *years* behind classmates *and follows a changed curriculum* in most *lessons.*",
        ),
        (
            "Needs help from trained staff for most physical, sensory or care tasks.",
            "Needs continuous help from trained staff for all physical and care needs.",
            "Needs *continuous* help from trained staff for *all* physical *and* care *needs.*",
        ),
        # The word that ends a clause goes with the phrase before it.
        (
            "Takes part with help.",
            "Takes part in some lessons only with extra help.",
            "Takes part *in some lessons only with extra help.*",
        ),
        (
            "Needs somebody to check in every day.",
            "Needs somebody who knows them within reach for most of the day.",
            "Needs somebody *who knows them within reach for most of the day.*",
        ),
        # Only left out: what follows is marked.
        ("Has help at night only", "Has help only", "Has help *only*"),
        ("Has help all day", "Has help", "Has *help*"),
    ],
)
def test_what_differs_is_marked_at_its_place(before, text, shown):
    assert bold(before, text) == shown


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Needs help", "Needs help"),
        ("", "Needs help"),
        ("Needs help", ""),
        ("Reads at age", "Is fed by tube all day"),
        # One word in common of many.
        (
            "Copes with the ups and downs of a school day.",
            "Needs reassurance, or a quiet word, at difficult times of the day.",
        ),
    ],
)
def test_nothing_is_marked_where_all_differs_or_nothing(before, text):
    assert differences(before, text) == ([(text, False)] if text else [])
